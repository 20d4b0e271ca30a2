package io.longhaul.server.core.holder;

import java.time.Duration;

/**
 * How patient requests are with each other.
 *
 * @param stall a holder that has waited this long for its client is evicted by a newer request
 * @param patience how long a newer request waits for a holder that is moving
 * @param freshness how long a reader waits for a holder to commit what it has
 */
public record HolderTiming(Duration stall, Duration patience, Duration freshness) {

    public static final HolderTiming DEFAULT =
            new HolderTiming(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(1));
}
