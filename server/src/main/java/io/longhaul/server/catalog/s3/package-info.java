/** Upload records in an S3-compatible store, for any number of processes. */
@NullMarked
package io.longhaul.server.catalog.s3;

import org.jspecify.annotations.NullMarked;
