/** The figures as JSON and Markdown, and the goals computed from them. */
@NullMarked
package io.longhaul.benchmarks.report;

import org.jspecify.annotations.NullMarked;
