/** Finds out whether an S3-compatible store does what the server needs of it. */
@NullMarked
package io.longhaul.server.s3.check;

import org.jspecify.annotations.NullMarked;
