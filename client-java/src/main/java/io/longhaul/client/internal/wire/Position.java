package io.longhaul.client.internal.wire;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an upload is on the server.
 *
 * @param offset bytes that the server has
 * @param length as the server knows it; empty while deferred
 * @param expires when the server will forget an upload that is not complete, as it says
 */
public record Position(URI url, long offset, OptionalLong length, Optional<String> expires) {

    public Position at(long newOffset) {
        return new Position(url, newOffset, length, expires);
    }

    public Position declared(long newLength) {
        return new Position(url, offset, OptionalLong.of(newLength), expires);
    }
}
