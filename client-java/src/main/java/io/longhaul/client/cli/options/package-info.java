/** Options that several commands share. */
@NullMarked
package io.longhaul.client.cli.options;

import org.jspecify.annotations.NullMarked;
