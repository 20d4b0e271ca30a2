/** Fakes of the ports, and what else tests share. */
@NullMarked
package io.longhaul.server.testing;

import org.jspecify.annotations.NullMarked;
