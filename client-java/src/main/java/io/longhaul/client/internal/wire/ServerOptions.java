package io.longhaul.client.internal.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server says that it can do (tus 1.0.0, OPTIONS). */
public record ServerOptions(Set<String> extensions, Set<String> checksumAlgorithms) {

    /** A server that does not say. */
    public static final ServerOptions UNKNOWN = new ServerOptions(Set.of(), Set.of());

    static ServerOptions of(WireAnswer answer) {
        return new ServerOptions(
                list(answer.header("Tus-Extension")),
                list(answer.header("Tus-Checksum-Algorithm")));
    }

    public boolean offers(String extension) {
        return extensions.contains(extension);
    }

    private static Set<String> list(Optional<String> header) {
        return Arrays.stream(header.orElse("").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
