/** What processes cost, as the operating system counts it. */
@NullMarked
package io.longhaul.client.cli.bench.process;

import org.jspecify.annotations.NullMarked;
