package io.longhaul.client;

import java.time.Duration;

/**
 * How trouble is waited out: the wait before the n-th attempt is a random time up to {@code
 * firstDelay * 2^n}, at most {@code maxDelay} (exponential backoff with full jitter), or what the
 * server asks for with {@code Retry-After}. Each acknowledged byte starts the count again.
 *
 * @param firstDelay bound of the first wait; more than zero
 * @param maxDelay bound of all waits; at least {@code firstDelay}
 * @param retryFor how long an upload may go without a byte being acknowledged before it fails with
 *     {@link RetriesExhaustedException}; zero tries once
 */
public record RetryPolicy(Duration firstDelay, Duration maxDelay, Duration retryFor) {

    public RetryPolicy {
        if (firstDelay.isNegative() || firstDelay.isZero()) {
            throw new IllegalArgumentException("first delay " + firstDelay + ", must be positive");
        }
        if (maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "max delay " + maxDelay + " is less than the first delay " + firstDelay);
        }
        if (retryFor.isNegative()) {
            throw new IllegalArgumentException("retry for " + retryFor + ", must not be negative");
        }
    }

    /** Half a second at first, at most 30 seconds, for an hour. */
    public static RetryPolicy standard() {
        return new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofHours(1));
    }

    /** The same waits for another time, for example a day over a network that is often away. */
    public RetryPolicy lasting(Duration time) {
        return new RetryPolicy(firstDelay, maxDelay, time);
    }
}
