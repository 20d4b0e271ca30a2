package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MinimumRateTests {

    private final AtomicLong now = new AtomicLong(42);
    private final MinimumRate rate = new MinimumRate(10, now::get);

    @Test
    void leavesAFirstMinuteToEveryBody() {
        pass(Duration.ofSeconds(59));

        assertThatCode(() -> rate.check(1)).doesNotThrowAnyException();
    }

    @Test
    void endsABodyThatIsSlowerForAMinute() {
        pass(Duration.ofSeconds(60));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> rate.check(599))
                .withMessageContaining("10 bytes a second");
    }

    @Test
    void acceptsTheMinimumItself() {
        pass(Duration.ofSeconds(60));

        assertThatCode(() -> rate.check(600)).doesNotThrowAnyException();
    }

    @Test
    void judgesEachMinuteByItself() throws IOException {
        pass(Duration.ofSeconds(60));
        rate.check(1_000_000);
        pass(Duration.ofSeconds(60));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> rate.check(1_000_100));
    }

    @Test
    void zeroIsNoMinimum() {
        MinimumRate none = new MinimumRate(0, now::get);
        pass(Duration.ofHours(1));

        assertThatCode(() -> none.check(1)).doesNotThrowAnyException();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
