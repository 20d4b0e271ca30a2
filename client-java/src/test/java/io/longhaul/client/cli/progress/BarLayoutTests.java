package io.longhaul.client.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.cli.shell.Terminal;
import io.longhaul.client.cli.shell.Text;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarLayoutTests {

    private static final int MIB = 1 << 20;

    @Test
    void drawsDurableAndSentPartsDifferently() {
        assertThat(layout(80, false, true).line(transfer("film.mp4", 50, 75)))
                .isEqualTo(
                        "film.mp4                   "
                                + "[██████████▒▒▒▒▒······]"
                                + "  50%  10.0 MiB/s    ETA 0:03");
    }

    @Test
    void drawsWithAsciiWhereThereIsNothingElse() {
        String line = layout(80, false, false).line(transfer("film.mp4", 50, 75));
        assertThat(line).contains("####").contains("====").contains("...]");
        assertThat(line.chars()).allMatch(c -> c < 128);
    }

    @Test
    void colorsOnlyWhereColorsAreWanted() {
        Transfer transfer = transfer("film.mp4", 50, 75);
        assertThat(layout(80, true, true).line(transfer)).contains("\u001b[32m");
        assertThat(layout(80, false, true).line(transfer)).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 29, 30, 39, 40, 41, 80, 200})
    void neverFillsTheLastCell(int width) {
        BarLayout layout = layout(width, false, true);
        String name = "日本語の長い名前-and-more-of-it-\u001b[31m.mp4";
        Transfer bar = transfer(name, 1, 99);
        assertThat(Text.width(layout.line(bar))).isLessThan(Math.max(2, width));
        assertThat(Text.width(layout.line(waiting(name)))).isLessThan(Math.max(2, width));
        assertThat(Text.width(layout.line(unbounded(name)))).isLessThan(Math.max(2, width));
    }

    @Test
    void saysWhyItWaits() {
        assertThat(layout(80, false, true).line(waiting("film.mp4")))
                .isEqualTo("film.mp4  10%  trying again: the server is away");
    }

    @Test
    void saysHundredOnlyWhenAllIsThere() {
        var almost =
                new Transfer(
                        0,
                        "a",
                        (1L << 40) - 1,
                        1L << 40,
                        OptionalLong.of(1L << 40),
                        OptionalDouble.empty(),
                        Optional.empty());
        assertThat(layout(80, false, true).line(almost)).contains(" 99%");
    }

    @Test
    void showsAmountWhereTheLengthIsNotKnown() {
        assertThat(layout(80, false, true).line(unbounded("standard input")))
                .isEqualTo("standard input  3.00 MiB 1.00 MiB/s");
    }

    private static BarLayout layout(int width, boolean color, boolean unicode) {
        return new BarLayout(new Terminal(true, width, 24, color, unicode));
    }

    /** Of 100 MiB, at 10 MiB in a second. */
    private static Transfer transfer(String name, long durable, long moved) {
        return new Transfer(
                0,
                name,
                durable * MIB,
                moved * MIB,
                OptionalLong.of(100L * MIB),
                OptionalDouble.of(10.0 * MIB),
                Optional.empty());
    }

    private static Transfer waiting(String name) {
        return new Transfer(
                0,
                name,
                10,
                10,
                OptionalLong.of(100),
                OptionalDouble.empty(),
                Optional.of("the server is away"));
    }

    private static Transfer unbounded(String name) {
        return new Transfer(
                0,
                name,
                3L * MIB,
                4L * MIB,
                OptionalLong.empty(),
                OptionalDouble.of(MIB),
                Optional.empty());
    }
}
