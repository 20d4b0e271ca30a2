package io.longhaul.client.cli.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTests {

    @Test
    void takesItsSizeFromStty() {
        assertThat(Terminal.of("50 132\n", Map.of(), UTF_8))
                .isEqualTo(new Terminal(true, 132, 50, true, true));
    }

    @Test
    void assumesTheUsualSizeWhereNoneIsSet() {
        assertThat(Terminal.of("0 0", Map.of(), US_ASCII))
                .isEqualTo(new Terminal(true, 80, 24, true, false));
    }

    @Test
    void prefersColumnsOfTheEnvironment() {
        assertThat(Terminal.of("50 132", Map.of("COLUMNS", "60"), UTF_8).width()).isEqualTo(60);
        assertThat(Terminal.of("50 132", Map.of("COLUMNS", "wide"), UTF_8).width()).isEqualTo(132);
    }

    @Test
    void hasNoColorWhereNoneIsWanted() {
        assertThat(Terminal.of("50 132", Map.of("NO_COLOR", "1"), UTF_8).color()).isFalse();
    }

    @Test
    void drawsNothingOnDumbTerminals() {
        assertThat(Terminal.detect(Map.of("TERM", "dumb"), UTF_8)).isEqualTo(Terminal.plain());
    }
}
