/** What the bench measures: each cell is one kind of load. */
@NullMarked
package io.longhaul.client.cli.bench.cell;

import org.jspecify.annotations.NullMarked;
