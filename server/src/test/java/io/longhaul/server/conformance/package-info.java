/** Transcripts of the protocol over real sockets, one class per request kind. */
@NullMarked
package io.longhaul.server.conformance;

import org.jspecify.annotations.NullMarked;
