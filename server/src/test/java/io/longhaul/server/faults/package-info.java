/** Bad networks, bad clients and bad machines against a server process: it recovers by itself. */
@NullMarked
package io.longhaul.server.faults;

import org.jspecify.annotations.NullMarked;
