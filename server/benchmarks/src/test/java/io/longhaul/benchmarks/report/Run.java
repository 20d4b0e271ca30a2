package io.longhaul.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the comparison, with all that its figures depend on.
 *
 * @param command the options it was started with
 * @param missing peers that took no part, with the reason
 */
public record Run(
        String begun,
        String ended,
        Map<String, String> machine,
        String command,
        List<PeerDescription> peers,
        Map<String, String> missing,
        List<CellResult> cells) {

    /** A figure of a cell at a peer, if it was measured. */
    public Optional<Figure> figure(String cell, String peer, String figure) {
        return cells.stream()
                .filter(result -> result.cell().equals(cell))
                .flatMap(result -> result.peer(peer).stream())
                .flatMap(result -> result.figure(figure).stream())
                .findAny();
    }

    /** Whether requests of a cell failed at a peer: its figures are no measure for others then. */
    boolean failed(String cell, String peer) {
        return cells.stream()
                .filter(result -> result.cell().equals(cell))
                .flatMap(result -> result.peer(peer).stream())
                .anyMatch(result -> result.failures() > 0);
    }

    /** The names of the peers of a kind. */
    public List<String> named(String kind) {
        return peers.stream()
                .filter(peer -> peer.kind().equals(kind))
                .map(PeerDescription::name)
                .toList();
    }
}
