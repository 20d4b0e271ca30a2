/** Servers that share an S3-compatible store: their rate, their memory, and takeover among them. */
@NullMarked
package io.longhaul.benchmarks.s3;

import org.jspecify.annotations.NullMarked;
