package io.longhaul.client.internal.engine;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many bytes the next request carries: so many that it takes about ten seconds, because what a
 * request has sent is certain at its end, and fewer where requests do not get through. A given
 * chunk size stays the most.
 */
final class RequestLength {

    private static final long FIRST = 8 << 20;
    private static final long LEAST = 256 << 10;
    private static final long CHECKED_MOST = 16 << 20;
    private static final long GROWTH = 8;
    private static final long SHRINK = 4;
    private static final Duration TARGET = Duration.ofSeconds(10);

    private final long most;
    private long next;

    private RequestLength(long most) {
        this.most = most;
        this.next = Math.min(FIRST, most);
    }

    /**
     * @param chunkSize the most, if the user wants one
     * @param checked whether bytes count only when their whole request has arrived
     */
    static RequestLength of(OptionalLong chunkSize, boolean checked) {
        var length = new RequestLength(chunkSize.orElse(checked ? CHECKED_MOST : Long.MAX_VALUE));
        if (chunkSize.isPresent()) {
            length.next = chunkSize.getAsLong();
        }
        return length;
    }

    long next() {
        return next;
    }

    /** A request got through. */
    void sent(long bytes, Duration time) {
        if (bytes < next) {
            return;
        }
        double rate = bytes / Math.max(1e-3, time.toNanos() / 1e9);
        double wanted = Math.min(rate * TARGET.toSeconds(), (double) next * GROWTH);
        next = Math.min(most, Math.max(Math.min(LEAST, most), (long) wanted));
    }

    /**
     * A request did not get through, and left nothing.
     *
     * @return whether there is a smaller one to try
     */
    boolean shrink() {
        if (next <= LEAST) {
            return false;
        }
        next = Math.max(LEAST, next / SHRINK);
        return true;
    }
}
