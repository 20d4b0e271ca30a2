package io.longhaul.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cell in which a peer is better than one of ours, in the cell's main figure.
 *
 * @param ratio how far: the peer's rate by ours, or our latency or time by the peer's
 * @param apart whether the ranges of the rounds are apart; else it may be chance
 */
record Behind(String cell, String figure, String peer, double ratio, boolean apart) {

    /** The main figure of a cell is the first of these that it has; more is better in a rate. */
    private static final List<String> MAIN = List.of("rate", "p99", "start-up", "memory");

    static List<Behind> of(Run run, String ours) {
        List<Behind> all = new ArrayList<>();
        for (CellResult cell : run.cells()) {
            for (String peer : run.named("PEER")) {
                compare(cell, ours, peer).ifPresent(all::add);
            }
        }
        return all;
    }

    /** Whether there is a cell with figures of ours and of a peer. */
    static boolean isComparable(Run run, String ours) {
        return run.cells().stream()
                .anyMatch(
                        cell ->
                                hasFigures(cell, ours)
                                        && run.named("PEER").stream()
                                                .anyMatch(peer -> hasFigures(cell, peer)));
    }

    private static boolean hasFigures(CellResult cell, String peer) {
        return cell.peer(peer).filter(result -> !result.figures().isEmpty()).isPresent();
    }

    private static Optional<Behind> compare(CellResult cell, String ours, String peer) {
        Optional<PeerResult> own = cell.peer(ours);
        Optional<PeerResult> other = cell.peer(peer);
        if (own.isEmpty() || other.isEmpty() || other.get().failures() > 0) {
            return Optional.empty();
        }
        for (String name : MAIN) {
            Optional<Figure> mine = own.get().figure(name);
            Optional<Figure> theirs = other.get().figure(name);
            if (mine.isPresent() && theirs.isPresent()) {
                return compare(cell.cell(), peer, mine.get(), theirs.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Behind> compare(String cell, String peer, Figure mine, Figure theirs) {
        boolean more = mine.figure().equals("rate");
        Figure better = more ? theirs : mine;
        Figure worse = more ? mine : theirs;
        double ratio = better.median() / worse.median();
        boolean apart = more ? theirs.min() > mine.max() : mine.min() > theirs.max();
        return ratio > 1
                ? Optional.of(new Behind(cell, mine.figure(), peer, ratio, apart))
                : Optional.empty();
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s (%s) behind %s by %.2f%s",
                cell,
                figure,
                peer,
                ratio,
                apart ? "" : ", ranges overlap");
    }
}
