package io.longhaul.server.catalog.s3;

import io.longhaul.server.s3.Patience;
import java.time.Duration;

/** How often the catalog tries again what others stand in the way of. */
final class Retries {

    /** For another creation that may be under way: pauses of about a second in all. */
    static final Patience CREATIONS = of(7, Duration.ofMillis(15));

    /** For changes of others, each of whom gets on. */
    static final Patience CONFLICTS = of(Integer.MAX_VALUE, Duration.ofMillis(5));

    private Retries() {}

    /** Pauses of half a second at most, for as long as the store may be away meanwhile. */
    static Patience of(int tries, Duration first) {
        return new Patience(tries, first, Duration.ofMillis(500), Patience.OUTAGE.total());
    }
}
