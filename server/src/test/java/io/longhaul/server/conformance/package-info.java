/** Wire transcripts: what the protocol says, over real sockets, one class per kind of request. */
@NullMarked
package io.longhaul.server.conformance;

import org.jspecify.annotations.NullMarked;
