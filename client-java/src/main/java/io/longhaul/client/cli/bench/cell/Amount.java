package io.longhaul.client.cli.bench.cell;

import java.time.Duration;

/**
 * How much one round of a cell does: bytes for each connection of the cells that count bytes, a
 * time for the others.
 */
public record Amount(long length, Duration time, int trickling) {

    private static final long WARM_UP_LENGTH = 32L << 20;
    private static final int WARM_UP_TRICKLING = 100;

    /** A smaller amount of the same, for so long at most where a time is counted. */
    public Amount forWarmUp(Duration limit) {
        return new Amount(
                Math.min(length, WARM_UP_LENGTH),
                time.compareTo(limit) < 0 ? time : limit,
                Math.min(trickling, WARM_UP_TRICKLING));
    }
}
