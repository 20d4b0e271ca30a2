package io.longhaul.client.cli.bench.report;

import io.longhaul.client.cli.bench.cell.Tally;
import java.time.Duration;
import java.util.Optional;

/** What one round of a cell measured at one endpoint. */
public record Round(Duration elapsed, Tally tally, Duration benchCpu, Optional<ServerCost> server) {

    /** What the server's process used: processor time in the round, and bytes of memory. */
    public record ServerCost(Duration cpu, long peakMemory, long memoryAtEnd, long threads) {}
}
