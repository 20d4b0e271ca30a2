/** What is measured, by the bench and beside it. */
@NullMarked
package io.longhaul.benchmarks.cell;

import org.jspecify.annotations.NullMarked;
