package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(SharedServer.class)
final class FlakyNetworkIT {

    private static final int MEBIBYTE = 1024 * 1024;

    private final ServerProcess server;

    @TempDir private Path directory;

    FlakyNetworkIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void tusJsClientCompletesOverANetworkThatCutsEveryFewMebibytes() throws Exception {
        var file = TestFile.create(directory, 30 * MEBIBYTE);
        try (var network = FlakyProxy.to(server.port())) {
            network.cutAfter(4 * MEBIBYTE);

            var result = TusJs.scenario("upload", network.uploads(), file).retrying().upload();

            assertThat(network.cuts()).isGreaterThanOrEqualTo(7);
            assertThat(Collections.frequency(result.requests(), "POST 201")).isEqualTo(1);
            assertThat(result.requests()).doesNotContain("HEAD 423").endsWith("PATCH 204");
            assertThat(RemoteUpload.of(server, result.url()).sha256()).isEqualTo(file.sha256());
        }
    }

    @Test
    void parallelUploadsCompleteOverANetworkThatCuts() throws Exception {
        var file = TestFile.create(directory, 30 * MEBIBYTE);
        try (var network = FlakyProxy.to(server.port())) {
            network.cutAfter(3 * MEBIBYTE);

            var result =
                    TusJs.scenario("upload", network.uploads(), file)
                            .option("parallelUploads", 4)
                            .retrying()
                            .upload();

            assertThat(network.cuts()).isGreaterThanOrEqualTo(8);
            assertThat(RemoteUpload.of(server, result.url()).sha256()).isEqualTo(file.sha256());
        }
    }

    @Test
    void servesANewConnectionWithinAboutASecondAfterASilentStall() throws Exception {
        var file = TestFile.create(directory, 8 * MEBIBYTE);
        byte[] content = Files.readAllBytes(file.path());
        var upload = RemoteUpload.create(server, file.length());
        try (var network = FlakyProxy.to(server.port());
                var stalled = new Socket(InetAddress.getLoopbackAddress(), network.port())) {
            sendHalf(stalled, upload, content);
            assertThat(upload.awaitOffset(4 * MEBIBYTE)).isEqualTo(4 * MEBIBYTE);
            network.stall();

            long start = System.nanoTime();
            var appended = upload.append(4 * MEBIBYTE, secondHalf(content));
            var took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(appended.statusCode()).isEqualTo(204);
            // A second for the holder to be seen as stalled; the rest is for a busy machine.
            assertThat(took).isLessThan(Duration.ofMillis(2_500));
            assertThat(upload.sha256()).isEqualTo(file.sha256());
        }
    }

    private static void sendHalf(Socket socket, RemoteUpload upload, byte[] content)
            throws IOException {
        String head =
                """
                PATCH %s HTTP/1.1
                Host: localhost
                Tus-Resumable: 1.0.0
                Upload-Offset: 0
                Content-Type: application/offset+octet-stream
                Content-Length: %d

                """
                        .formatted(upload.uri().getPath(), content.length)
                        .replace("\n", "\r\n");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(content, 0, content.length / 2);
    }

    private static byte[] secondHalf(byte[] content) {
        return Arrays.copyOfRange(content, content.length / 2, content.length);
    }
}
