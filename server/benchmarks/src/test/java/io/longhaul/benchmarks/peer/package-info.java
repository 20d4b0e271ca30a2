/** The servers that are compared, as processes. */
@NullMarked
package io.longhaul.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
