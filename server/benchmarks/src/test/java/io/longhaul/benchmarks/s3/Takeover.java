package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.report.CellResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An upload goes on at a second server while a first one still has a request for it, or has failed:
 * with servers that call each other and with others that do not, in turn.
 */
final class Takeover {

    private static final int WARM_UP_SHARE = 10;

    /** A server that fails takes longer, as it has to come back. */
    private static final int FAILING_SHARE = 10;

    private final Store store;
    private final int rounds;

    Takeover(Store store, int rounds) {
        this.store = store;
        this.rounds = rounds;
    }

    List<CellResult> measure() throws IOException, InterruptedException {
        List<CellResult> cells = new ArrayList<>();
        try (ServerPair calling = pair(store.calling());
                ServerPair alone = pair(store.alone())) {
            for (Interruption each : Interruption.values()) {
                cells.add(measure(each, List.of(calling, alone)));
            }
        }
        return cells;
    }

    private ServerPair pair(Peer peer) throws IOException {
        return new ServerPair(store.server(peer), store.server(peer));
    }

    private CellResult measure(Interruption interruption, List<ServerPair> pairs)
            throws IOException, InterruptedException {
        int all = interruption.isOfServer() ? Math.ceilDiv(rounds, FAILING_SHARE) : rounds;
        for (ServerPair pair : pairs) {
            pair.forget();
        }
        for (int round = -(all / WARM_UP_SHARE); round < all; round++) {
            for (ServerPair pair : pairs) {
                if (round == 0) {
                    pair.forget();
                }
                pair.takeOver(interruption);
            }
        }
        return new CellResult(
                "takeover-" + interruption.name().toLowerCase(Locale.ROOT),
                pairs.stream().map(ServerPair::result).toList());
    }
}
