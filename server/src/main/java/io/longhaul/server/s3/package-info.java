/** The calls to an S3-compatible store that the catalog and the content store share. */
@NullMarked
package io.longhaul.server.s3;

import org.jspecify.annotations.NullMarked;
