package io.longhaul.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that is compared.
 *
 * @param version as the server or its package says it
 * @param configuration what differs from its defaults, and why
 * @param durable what survives when it has answered
 * @param kind whether it is ours, a peer, or the floor
 */
public record Peer(
        String name,
        String version,
        String configuration,
        String durable,
        Kind kind,
        Launch launch) {

    /** Whose it is. */
    public enum Kind {
        LONGHAUL,
        PEER,
        FLOOR
    }

    /** How it is started. */
    @FunctionalInterface
    public interface Launch {

        /** The words of the command, for a port of the loopback address and an own directory. */
        List<String> command(int port, Path directory);
    }
}
