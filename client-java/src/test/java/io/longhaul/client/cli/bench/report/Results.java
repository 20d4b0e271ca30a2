package io.longhaul.client.cli.bench.report;

import io.longhaul.client.cli.bench.cell.Tally;
import io.longhaul.client.cli.bench.report.Round.ServerCost;
import java.time.Duration;
import java.util.Optional;

/** Results for tests of the reports. */
final class Results {

    private Results() {}

    /** Each round took two seconds, of which the bench used a tenth and the server one. */
    static EndpointResult ofRounds(int... mebibytes) {
        EndpointResult result = new EndpointResult();
        for (int size : mebibytes) {
            Tally tally = new Tally();
            tally.done((long) size << 20, 1_000_000L * size);
            var cost = new ServerCost(Duration.ofSeconds(1), 300L << 20, 200L << 20, 12);
            result.add(round(tally, Optional.of(cost)));
        }
        return result;
    }

    static Round round(Tally tally, Optional<ServerCost> cost) {
        return new Round(Duration.ofSeconds(2), tally, Duration.ofMillis(100), cost);
    }
}
