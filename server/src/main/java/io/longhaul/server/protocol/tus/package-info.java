/** The tus resumable upload protocol 1.0.0: a handler per request kind, a class per header. */
@NullMarked
package io.longhaul.server.protocol.tus;

import org.jspecify.annotations.NullMarked;
