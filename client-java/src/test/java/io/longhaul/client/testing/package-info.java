/** A server that misbehaves as it is told, for tests of the client. */
@NullMarked
package io.longhaul.client.testing;

import org.jspecify.annotations.NullMarked;
