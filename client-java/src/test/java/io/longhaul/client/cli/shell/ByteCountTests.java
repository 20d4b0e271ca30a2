package io.longhaul.client.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteCountTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "8MiB, 8388608",
        "8 mib, 8388608",
        "8M, 8388608",
        "1.5G, 1610612736",
        "500kB, 500000",
        "1TB, 1000000000000",
        "9223372036854775807, 9223372036854775807"
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(ByteCount.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "8 parsecs", "MiB", "1,5M", "0x10"})
    void refusesWhatIsNoCount(String text) {
        assertThatThrownBy(() -> ByteCount.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void refusesMoreThanALongHolds() {
        assertThatThrownBy(() -> ByteCount.parse("9223372036854775808"))
                .hasMessageContaining("2^63 - 1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 0.98 KiB",
        "1024, 1.00 KiB",
        "12700, 12.4 KiB",
        "104857600, 100 MiB",
        "9223372036854775807, 8.00 EiB"
    })
    void writesThreeDigits(long bytes, String text) {
        assertThat(ByteCount.format(bytes)).isEqualTo(text);
    }
}
