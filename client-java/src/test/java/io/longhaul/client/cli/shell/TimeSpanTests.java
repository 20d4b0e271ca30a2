package io.longhaul.client.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeSpanTests {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "90s, PT1M30S",
        "2h, PT2H",
        "1h30m, PT1H30M",
        "1 D 2 h, PT26H",
        "250ms, PT0.25S"
    })
    void readsWhatPeopleWrite(String text, Duration span) {
        assertThat(TimeSpan.parse(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-2h", "2 weeks", "h2", "99999999999s"})
    void refusesWhatIsNoSpan(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.34S, 0.3 s",
        "PT59S, 59 s",
        "PT2M, 2 min",
        "PT2M5S, 2 min 5 s",
        "PT3H10M, 3 h 10 min",
        "PT49H, 2 d 1 h"
    })
    void writesTwoUnitsAtMost(Duration span, String text) {
        assertThat(TimeSpan.format(span)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"7, 0:07", "754, 12:34", "3723, 1:02:03", "259200, 3d"})
    void writesClocks(long seconds, String text) {
        assertThat(TimeSpan.clock(seconds)).isEqualTo(text);
    }
}
