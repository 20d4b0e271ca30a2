/** Measures tus endpoints: the subcommand {@code longhaul bench}. */
@NullMarked
package io.longhaul.client.cli.bench;

import org.jspecify.annotations.NullMarked;
