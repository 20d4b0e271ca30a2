package io.longhaul.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.RetryPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTests {

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofHours(1));

    @Test
    void boundOfTheWaitDoublesUpToTheMost() {
        assertThat(longestWait(0)).isBetween(Duration.ofMillis(80), Duration.ofMillis(100));
        assertThat(longestWait(2)).isBetween(Duration.ofMillis(320), Duration.ofMillis(400));
        assertThat(longestWait(30)).isBetween(Duration.ofMillis(1_600), Duration.ofSeconds(2));
    }

    @Test
    void waitsAreSpreadOverTheWholeTime() {
        Duration shortest = waits(5).min(Comparator.naturalOrder()).orElseThrow();
        assertThat(shortest).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        var backoff = new Backoff(POLICY);
        assertThat(backoff.next(Optional.of(Duration.ofMinutes(5))))
                .contains(Duration.ofMinutes(5));
    }

    @Test
    void doesNotWaitBeyondTheTimeForAttempts() {
        var backoff = new Backoff(POLICY.lasting(Duration.ofMinutes(1)));
        assertThat(backoff.next(Optional.of(Duration.ofMinutes(5)))).isEmpty();
    }

    @Test
    void triesOnceWhenThereIsNoTime() {
        var backoff = new Backoff(POLICY.lasting(Duration.ZERO));
        assertThat(backoff.next(Optional.empty())).isEmpty();
    }

    @Test
    void beginsAgainAfterProgress() {
        Duration longest =
                IntStream.range(0, 500)
                        .mapToObj(
                                i -> {
                                    Backoff backoff = after(10);
                                    backoff.progressed();
                                    return backoff.next(Optional.empty()).orElseThrow();
                                })
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        assertThat(longest).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    private static Duration longestWait(int attempts) {
        return waits(attempts).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** The wait after so many attempts, many times. */
    private static Stream<Duration> waits(int attempts) {
        return IntStream.range(0, 500)
                .mapToObj(i -> after(attempts).next(Optional.empty()).orElseThrow());
    }

    private static Backoff after(int attempts) {
        var backoff = new Backoff(POLICY);
        for (int i = 0; i < attempts; i++) {
            assertThat(backoff.next(Optional.empty())).isPresent();
        }
        return backoff;
    }
}
