/** Stores that speak S3: a strict one in memory, whose faults a test decides, and a real one. */
@NullMarked
package io.longhaul.server.testing.s3;

import org.jspecify.annotations.NullMarked;
