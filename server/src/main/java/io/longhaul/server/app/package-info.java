/** Wires the server together: settings, start-up, and what is said when it fails. */
@NullMarked
package io.longhaul.server.app;

import org.jspecify.annotations.NullMarked;
