/** The Longhaul server: where it starts. */
@NullMarked
package io.longhaul.server;

import org.jspecify.annotations.NullMarked;
