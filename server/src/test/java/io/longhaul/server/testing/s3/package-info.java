/** A strict S3 in memory, whose faults a test decides. */
@NullMarked
package io.longhaul.server.testing.s3;

import org.jspecify.annotations.NullMarked;
