/** How transfers are shown: bars, lines, JSON, or nothing. */
@NullMarked
package io.longhaul.client.cli.progress;

import org.jspecify.annotations.NullMarked;
