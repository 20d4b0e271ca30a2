package io.longhaul.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RequestLengthTests {

    private static final long MIB = 1 << 20;

    @Test
    void growsOnAFastNetworkUpToWhatTakesTenSeconds() {
        RequestLength length = RequestLength.of(OptionalLong.empty(), false);
        assertThat(length.next()).isEqualTo(8 * MIB);
        length.sent(8 * MIB, Duration.ofMillis(100));
        assertThat(length.next()).isEqualTo(64 * MIB);
        length.sent(64 * MIB, Duration.ofSeconds(1));
        assertThat(length.next()).isEqualTo(512 * MIB);
        length.sent(512 * MIB, Duration.ofSeconds(8));
        assertThat(length.next()).isEqualTo(640 * MIB);
    }

    @Test
    void getsSmallerOnASlowNetwork() {
        RequestLength length = RequestLength.of(OptionalLong.empty(), false);
        length.sent(8 * MIB, Duration.ofSeconds(80));
        assertThat(length.next()).isEqualTo(MIB);
        length.sent(MIB, Duration.ofSeconds(1_000));
        assertThat(length.next()).isEqualTo(MIB / 4);
    }

    @Test
    void lastRequestOfAFileSaysNothing() {
        RequestLength length = RequestLength.of(OptionalLong.empty(), false);
        length.sent(10, Duration.ofSeconds(1));
        assertThat(length.next()).isEqualTo(8 * MIB);
    }

    @Test
    void staysWithinAGivenChunkSize() {
        RequestLength length = RequestLength.of(OptionalLong.of(1_000), false);
        length.sent(1_000, Duration.ofMillis(1));
        assertThat(length.next()).isEqualTo(1_000);
        assertThat(length.shrink()).isFalse();
    }

    @Test
    void staysSmallUnderAChecksumBecauseACutLosesTheWholeRequest() {
        RequestLength length = RequestLength.of(OptionalLong.empty(), true);
        length.sent(8 * MIB, Duration.ofMillis(1));
        assertThat(length.next()).isEqualTo(16 * MIB);
    }

    @Test
    void shrinksToAQuarterOfAMiB() {
        RequestLength length = RequestLength.of(OptionalLong.empty(), false);
        assertThat(length.shrink()).isTrue();
        assertThat(length.next()).isEqualTo(2 * MIB);
        assertThat(length.shrink()).isTrue();
        assertThat(length.shrink()).isTrue();
        assertThat(length.next()).isEqualTo(MIB / 4);
        assertThat(length.shrink()).isFalse();
    }
}
