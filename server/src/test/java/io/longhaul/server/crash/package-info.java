/** Kills the packaged server at random moments under load, and checks what it said before. */
@NullMarked
package io.longhaul.server.crash;

import org.jspecify.annotations.NullMarked;
