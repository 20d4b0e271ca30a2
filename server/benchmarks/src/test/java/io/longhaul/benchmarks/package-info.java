/** The side-by-side comparison of Longhaul with other servers. */
@NullMarked
package io.longhaul.benchmarks;

import org.jspecify.annotations.NullMarked;
