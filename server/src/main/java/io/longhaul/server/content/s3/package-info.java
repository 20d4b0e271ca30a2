/** The bytes of uploads in an S3-compatible store. */
@NullMarked
package io.longhaul.server.content.s3;

import org.jspecify.annotations.NullMarked;
