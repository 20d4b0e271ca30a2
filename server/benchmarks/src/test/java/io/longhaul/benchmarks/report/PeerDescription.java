package io.longhaul.benchmarks.report;

import io.longhaul.benchmarks.peer.Peer;

/** What a reader has to know about a peer. */
public record PeerDescription(
        String name, String kind, String version, String configuration, String durable) {

    public static PeerDescription of(Peer peer) {
        return new PeerDescription(
                peer.name(),
                peer.kind().name(),
                peer.version(),
                peer.configuration(),
                peer.durable());
    }
}
