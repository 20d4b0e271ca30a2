package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ServerProcessIT {

    @Test
    void startsAgainOnTheSamePortAndLeavesNothingWhenClosed() throws IOException {
        long killed;
        long running;
        Path dataDir;
        try (var server = ServerProcess.start()) {
            killed = server.pid();
            dataDir = server.dataDir();
            int port = server.port();
            server.kill();
            server.restart();
            running = server.pid();
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }

        assertThat(ProcessHandle.of(killed).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(ProcessHandle.of(running).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(dataDir.getParent()).doesNotExist();
    }

    @Test
    void showsWhatTheServerPrintedWhenItDoesNotStart() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ServerProcess.start("--server.address=no-such-host.invalid"))
                .withMessageContaining("no-such-host.invalid");
    }
}
