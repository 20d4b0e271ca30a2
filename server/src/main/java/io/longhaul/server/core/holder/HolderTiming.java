package io.longhaul.server.core.holder;

import java.time.Duration;

/**
 * How patient requests are with each other.
 *
 * @param stall a holder that has waited this long for its client is evicted by a newer request
 * @param patience how long a newer request waits for a holder that is moving
 * @param freshness how long a reader waits for a holder to commit what it has
 * @param stuck a holder that has waited this long for its store is not asked any more by newer
 *     requests at other nodes, which may reach the store
 */
public record HolderTiming(Duration stall, Duration patience, Duration freshness, Duration stuck) {

    public static final HolderTiming DEFAULT =
            new HolderTiming(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10));

    /** A request that is over sooner cannot have stalled: no other node needs to know of it. */
    public Duration briefest() {
        return stall.dividedBy(2);
    }
}
