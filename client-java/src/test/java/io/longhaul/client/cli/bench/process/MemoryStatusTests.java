package io.longhaul.client.cli.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStatusTests {

    @Test
    void readsMemoryAndThreads() throws IOException {
        List<String> lines =
                List.of(
                        "Name:\tjava",
                        "VmPeak:\t 9999 kB",
                        "VmHWM:\t  2048 kB",
                        "VmRSS:\t  1024 kB",
                        "Threads:\t17");
        assertThat(MemoryStatus.parse(lines)).isEqualTo(new MemoryStatus(2L << 20, 1L << 20, 17));
    }

    @Test
    void countsNothingForAProcessThatHasEnded() throws IOException {
        assertThat(MemoryStatus.parse(List.of("Name:\tsh", "State:\tZ (zombie)")))
                .isEqualTo(MemoryStatus.NONE);
    }

    @Test
    void refusesOtherUnits() {
        assertThatThrownBy(() -> MemoryStatus.parse(List.of("VmHWM:\t 2 MB")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 MB");
    }
}
