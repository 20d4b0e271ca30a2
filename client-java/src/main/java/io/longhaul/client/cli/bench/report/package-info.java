/** The figures of a run, as a table and as JSON. */
@NullMarked
package io.longhaul.client.cli.bench.report;

import org.jspecify.annotations.NullMarked;
