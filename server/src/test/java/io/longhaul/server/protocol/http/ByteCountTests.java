package io.longhaul.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteCountTests {

    @ParameterizedTest
    @ValueSource(longs = {0, 5, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
    void readsDigits(long number) {
        assertThat(ByteCount.parse("Upload-Length", Long.toString(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " 5 ",
                "5 ",
                "\t5",
                "",
                "+5",
                "-1",
                "5,5",
                "5e1",
                "0x5",
                "5.0",
                "5_0",
                "\u0665",
                "9223372036854775808"
            })
    void refusesAnythingElse(String value) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> ByteCount.parse("Upload-Length", value))
                .satisfies(
                        problem -> {
                            assertThat(problem.reply().status()).isEqualTo(400);
                            assertThat(problem.reply().problem().orElseThrow().code())
                                    .isEqualTo("invalid-number");
                        });
    }

    @Test
    void messageShowsNoControlCharactersAndEnds() {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> ByteCount.parse("Upload-Length", "\u001b[31m" + "9".repeat(9999)))
                .withMessageContaining("'?[31m9")
                .satisfies(problem -> assertThat(problem.getMessage()).hasSizeLessThan(150));
    }
}
