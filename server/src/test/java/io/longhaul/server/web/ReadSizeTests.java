package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReadSizeTests {

    private final ReadSize size = new ReadSize();

    @Test
    void startsSmall() {
        assertThat(size.bytes()).isEqualTo(16 << 10);
    }

    @Test
    void growsWhileReadsAreFull() {
        size.read(16 << 10, true);
        assertThat(size.bytes()).isEqualTo(64 << 10);
        size.read(64 << 10, true);
        assertThat(size.bytes()).isEqualTo(256 << 10);
        size.read(256 << 10, true);
        assertThat(size.bytes()).isEqualTo(256 << 10);
    }

    @Test
    void staysWhileReadsAreNearlyFull() {
        size.read(16 << 10, true);
        size.read((64 << 10) - 1, true);
        size.read(16 << 10, true);

        assertThat(size.bytes()).isEqualTo(64 << 10);
    }

    @Test
    void shrinksWhenReadsBringLittle() {
        size.read(16 << 10, true);
        size.read((16 << 10) - 1, true);
        assertThat(size.bytes()).isEqualTo(16 << 10);
        size.read(1, true);
        assertThat(size.bytes()).isEqualTo(4 << 10);
        size.read(1, true);
        assertThat(size.bytes()).isEqualTo(1 << 10);
        size.read(1, true);
        assertThat(size.bytes()).isEqualTo(1 << 10);
    }

    @Test
    void staysWhenLittleWasThereAtOnce() {
        size.read(16 << 10, false);
        size.read(1, false);

        assertThat(size.bytes()).isEqualTo(64 << 10);
    }

    @Test
    void isLargeWhileReadsWereFull() {
        assertThat(size.isLarge()).isFalse();
        size.read(16 << 10, true);
        assertThat(size.isLarge()).isTrue();
        size.read(1, true);
        assertThat(size.isLarge()).isFalse();
    }

    @Test
    void growsAgainWhenABodyStopsTrickling() {
        size.read(1, true);
        size.read(1, true);
        size.read(1 << 10, true);
        size.read(4 << 10, true);

        assertThat(size.bytes()).isEqualTo(16 << 10);
    }
}
