package io.longhaul.client.internal.wire;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What to create (tus 1.0.0, Creation and Concatenation).
 *
 * @param length empty for a deferred one
 * @param partial whether it will be a piece of another
 * @param pieces the partial uploads of a final one, empty for any other
 * @param key names this creation, so that a server that knows it does not create twice
 */
public record Creation(
        OptionalLong length,
        Map<String, String> metadata,
        boolean partial,
        List<URI> pieces,
        String key) {

    public static Creation of(OptionalLong length, Map<String, String> metadata, String key) {
        return new Creation(length, metadata, false, List.of(), key);
    }

    public static Creation partialOf(long length, String key) {
        return new Creation(OptionalLong.of(length), Map.of(), true, List.of(), key);
    }

    public static Creation finalOf(List<URI> pieces, Map<String, String> metadata, String key) {
        return new Creation(OptionalLong.empty(), metadata, false, List.copyOf(pieces), key);
    }
}
