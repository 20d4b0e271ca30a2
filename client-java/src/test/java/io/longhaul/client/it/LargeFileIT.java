package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files beyond 4 GiB and with a heap of 24 MiB: memory does not grow with the file. */
@ExtendWith(SharedServer.class)
@Timeout(300)
final class LargeFileIT {

    private static final long BEYOND_4_GIB = (4L << 30) + 12_345;

    private final ServerProcess server;

    @TempDir private Path directory;

    LargeFileIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void arrivesWhenItIsBeyond4GiB() throws Exception {
        assertArrives(BEYOND_4_GIB, "1");
    }

    @Test
    void arrivesOverFourConnections() throws Exception {
        assertArrives(600L << 20, "4");
    }

    private void assertArrives(long length, String parallelism) throws Exception {
        Path file = sparseFile(length);
        try (Program program =
                Program.start(
                        Program.thisJava(),
                        List.of("-Xmx24m", "-XX:MaxDirectMemorySize=16m"),
                        "UploadFile",
                        server.uploads().toString(),
                        file.toString(),
                        directory.resolve("store").toString(),
                        parallelism,
                        "OFF")) {
            List<String> lines = program.result(Duration.ofMinutes(2));
            String[] last = lines.get(lines.size() - 1).split(" ", -1);
            URI url = URI.create(last[1]);
            assertThat(Http.offset(url)).isEqualTo(length);
            assertThat(TestFile.sha256(url.toURL().openStream()))
                    .isEqualTo(TestFile.sha256(Files.newInputStream(file)));
            assertThat(Http.status("DELETE", url)).isEqualTo(204);
        }
    }

    /** Different bytes at both ends and on both sides of 2 and 4 GiB, nothing between. */
    private Path sparseFile(long length) throws IOException {
        Path path = directory.resolve("large");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            for (long position : List.of(0L, (1L << 31) - 3, (1L << 32) - 3, length - 6)) {
                file.seek(Math.min(position, length - 6));
                file.writeBytes("at" + position % 10_000);
            }
            file.setLength(length);
        }
        return path;
    }
}
