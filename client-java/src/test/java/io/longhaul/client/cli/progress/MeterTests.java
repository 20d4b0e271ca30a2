package io.longhaul.client.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MeterTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Meter meter = new Meter();

    @Test
    void knowsNoRateBeforeSomethingMoved() {
        meter.sample(0, 0);
        meter.sample(SECOND, 0);
        assertThat(meter.rate()).isEmpty();
    }

    @Test
    void doesNotCountWhatWasThereBefore() {
        meter.sample(0, 0);
        meter.sample(SECOND, 1_000_000);
        meter.sample(2 * SECOND, 1_000_100);
        assertThat(meter.rate()).hasValue(100);
    }

    @Test
    void forgetsWhatIsLongAgo() {
        for (int second = 0; second <= 30; second++) {
            meter.sample(second * SECOND, 1 + Math.min(second, 15) * 100L);
        }
        assertThat(meter.rate()).hasValue(0);
    }

    @Test
    void staysAboveZeroWhenBytesHaveToBeSentAgain() {
        meter.sample(0, 1);
        meter.sample(SECOND, 1001);
        meter.sample(2 * SECOND, 1);
        meter.sample(3 * SECOND, 501);
        assertThat(meter.rate()).hasValue(500);
    }
}
