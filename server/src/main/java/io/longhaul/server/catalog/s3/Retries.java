package io.longhaul.server.catalog.s3;

import io.longhaul.server.s3.Patience;
import java.time.Duration;

/** How often the catalog tries again, and why. */
final class Retries {

    /** For a write whose outcome is unknown: pauses of 1.5 s in all. */
    static final Patience WRITES = of(6, Duration.ofMillis(50));

    /** For another creation that may be under way: pauses of about a second in all. */
    static final Patience CREATIONS = of(7, Duration.ofMillis(15));

    /** For what others stand in the way of, each of whom gets on. */
    static final Patience CONFLICTS = of(30, Duration.ofMillis(5));

    private Retries() {}

    /** Pauses of half a second at most, for half a minute at most. */
    static Patience of(int tries, Duration first) {
        return new Patience(tries, first, Duration.ofMillis(500), Duration.ofSeconds(30));
    }
}
