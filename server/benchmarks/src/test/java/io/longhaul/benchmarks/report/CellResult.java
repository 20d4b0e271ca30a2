package io.longhaul.benchmarks.report;

import java.util.List;
import java.util.Optional;

/** What one cell measured. */
public record CellResult(String cell, List<PeerResult> peers) {

    /** The result of a peer, if it took part. */
    public Optional<PeerResult> peer(String name) {
        return peers.stream().filter(result -> result.peer().equals(name)).findAny();
    }
}
