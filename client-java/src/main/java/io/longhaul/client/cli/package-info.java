/** The {@code longhaul} command. */
@NullMarked
package io.longhaul.client.cli;

import org.jspecify.annotations.NullMarked;
