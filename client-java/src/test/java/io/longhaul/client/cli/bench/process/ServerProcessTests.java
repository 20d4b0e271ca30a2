package io.longhaul.client.cli.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ServerProcessTests {

    private final ServerProcess self = ServerProcess.of(ProcessHandle.current().pid());

    @Test
    void knowsWhatAProcessCosts() throws IOException {
        assertThat(self.cpu()).isPositive();
        assertThat(self.memoryNow()).isGreaterThan(1 << 20);
        assertThat(self.peakMemory()).isGreaterThan(1 << 20);
        assertThat(self.threads()).isGreaterThan(1);
    }

    @Test
    void countsWhatItsChildrenUse() throws IOException {
        Process busy = new ProcessBuilder("sh", "-c", "(while :; do :; done) & wait").start();
        try {
            ServerProcess wrapper = ServerProcess.of(busy.pid());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> wrapper.cpu().compareTo(Duration.ofMillis(200)) > 0);
        } finally {
            busy.descendants().forEach(ProcessHandle::destroyForcibly);
            busy.destroyForcibly();
        }
    }

    @Test
    void refusesAProcessThatDoesNotExist() {
        assertThatThrownBy(() -> ServerProcess.of(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no process has the id 2147483647");
    }
}
