package io.longhaul.client.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTests {

    @Test
    void takesAwayWhatSteersTerminals() {
        assertThat(Text.printable("a\u001b[2Jb\nc\u202ed")).isEqualTo("a?[2Jb?c?d");
    }

    @Test
    void countsWideLettersTwiceAndMarksNotAtAll() {
        assertThat(Text.width("日本")).isEqualTo(4);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
        assertThat(Text.width("😀")).isEqualTo(2);
    }

    @Test
    void shortensInTheMiddleSoThatTheEndingStays() {
        assertThat(Text.shorten("holiday-in-italy.mp4", 12)).isEqualTo("holid..y.mp4");
    }

    @Test
    void neverCutsAWideLetterInHalf() {
        String cut = Text.shorten("日本語日本語日本語", 9);
        assertThat(Text.width(cut)).isLessThanOrEqualTo(9);
        assertThat(cut).isEqualTo("日..本語");
    }

    @Test
    void leavesWhatFits() {
        assertThat(Text.shorten("short.txt", 9)).isEqualTo("short.txt");
    }
}
