package io.longhaul.client.internal.engine;

import io.longhaul.client.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between attempts, by a {@link RetryPolicy}. */
final class Backoff {

    private final RetryPolicy policy;
    private int attempts;
    private long lastProgress = System.nanoTime();

    Backoff(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Bytes were acknowledged: trouble before it does not count any more. */
    void progressed() {
        attempts = 0;
        lastProgress = System.nanoTime();
    }

    /**
     * The wait before the next attempt: what the server asks for, or a random time that grows.
     *
     * @return empty when the time for attempts is over
     */
    Optional<Duration> next(Optional<Duration> retryAfter) {
        long firstMillis = Math.max(1, policy.firstDelay().toMillis());
        long bound = firstMillis << Math.min(attempts, 20);
        long most = Math.max(1, policy.maxDelay().toMillis());
        long jitter = ThreadLocalRandom.current().nextLong(Math.min(bound, most) + 1);
        attempts++;
        Duration wait = retryAfter.orElse(Duration.ofMillis(jitter));
        Duration spent = Duration.ofNanos(System.nanoTime() - lastProgress);
        return spent.plus(wait).compareTo(policy.retryFor()) > 0
                ? Optional.empty()
                : Optional.of(wait);
    }
}
