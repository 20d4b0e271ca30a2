/**
 * Stand-ins for the outside world: fakes that keep their contract, and ones that fail when told.
 */
@NullMarked
package io.longhaul.server.testing;

import org.jspecify.annotations.NullMarked;
