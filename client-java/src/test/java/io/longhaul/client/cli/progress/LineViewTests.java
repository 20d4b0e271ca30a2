package io.longhaul.client.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LineViewTests {

    private static final Totals TOTALS = new Totals(1, 0, 0, 0, 100, OptionalDouble.empty());

    private final TestShell shell = new TestShell(Map.of());
    private long nanos;
    private final LineView view = new LineView(shell.shell(), () -> nanos);

    @Test
    void saysEveryTenPercent() {
        view.started(at(0));
        for (int percent = 0; percent <= 100; percent++) {
            view.update(List.of(at(percent)), TOTALS);
        }
        assertThat(shell.err().lines())
                .hasSize(10)
                .startsWith("a.bin: started, 100 B", "a.bin: 10 % (10 B of 100 B)")
                .endsWith("a.bin: 90 % (90 B of 100 B)");
    }

    @Test
    void saysEveryTenSecondsWhenItIsSlow() {
        view.started(at(0));
        for (int second = 1; second <= 25; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            view.update(List.of(at(1)), TOTALS);
        }
        assertThat(shell.err().lines()).hasSize(3);
    }

    @Test
    void saysOnceThatItWaitsAndOnceThatItGoesOn() {
        view.started(at(0));
        view.update(List.of(waiting()), TOTALS);
        view.update(List.of(waiting()), TOTALS);
        view.update(List.of(at(5)), TOTALS);
        view.update(List.of(at(6)), TOTALS);
        assertThat(shell.err().lines())
                .containsExactly(
                        "a.bin: started, 100 B",
                        "a.bin: waiting at 5 % (5 B of 100 B): no connection; trying again",
                        "a.bin: 5 % (5 B of 100 B)");
    }

    @Test
    void printsTheUrlOnTheOutputAndNothingElse() {
        view.complete(at(100), new Completion("http://h/1", 100, 100, Duration.ofSeconds(2)));
        view.result("http://h/1");
        assertThat(shell.out().lines()).containsExactly("http://h/1");
        assertThat(shell.err().lines())
                .containsExactly("a.bin: complete, 100 B in 2.0 s (50 B/s): http://h/1");
    }

    @Test
    void saysHowMuchWasLeftToSend() {
        view.complete(at(100), new Completion("http://h/1", 100, 30, Duration.ofSeconds(3)));
        assertThat(shell.err()).contains("complete, 100 B, 30 B of it now, in 3.0 s (10 B/s)");
    }

    @Test
    void neverPrintsEscapes() {
        view.failed(at(3), "request-refused", "the server said \u001b[31m\nno");
        assertThat(shell.err()).isEqualTo("a.bin: failed: the server said ?[31m?no\n");
    }

    private static Transfer at(int percent) {
        return new Transfer(
                0,
                "a.bin",
                percent,
                percent,
                OptionalLong.of(100),
                OptionalDouble.empty(),
                Optional.empty());
    }

    private static Transfer waiting() {
        return new Transfer(
                0,
                "a.bin",
                5,
                5,
                OptionalLong.of(100),
                OptionalDouble.empty(),
                Optional.of("no connection"));
    }
}
