/** A small HTTP/1.1 client over blocking sockets, which costs next to nothing. */
@NullMarked
package io.longhaul.client.cli.bench.wire;

import org.jspecify.annotations.NullMarked;
