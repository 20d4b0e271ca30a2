/** Runs many uploads, a few at a time, and stops them on Ctrl-C. */
@NullMarked
package io.longhaul.client.cli.transfer;

import org.jspecify.annotations.NullMarked;
