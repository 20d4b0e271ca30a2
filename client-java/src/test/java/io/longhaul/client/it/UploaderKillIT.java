package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The uploading program is killed at random moments and started again, until the file is there. Set
 * {@code -Duploader.kills} for more kills and {@code -Duploader.seed} to repeat a run.
 */
@ExtendWith(SharedServer.class)
@Timeout(600)
final class UploaderKillIT {

    private static final int KILLS = Integer.getInteger("uploader.kills", 5);
    private static final long SEED = Long.getLong("uploader.seed", System.nanoTime());
    private static final long LENGTH = 1_500L << 20;

    private final ServerProcess server;
    private final Random random = new Random(SEED);

    @TempDir private Path directory;

    UploaderKillIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void goesOnFromWhatTheServerHasAndSendsNothingOfItAgain() throws Exception {
        System.out.println("uploader.seed=" + SEED);
        TestFile file = TestFile.create(directory, LENGTH);
        long acknowledged = 0;
        Optional<URI> url = Optional.empty();
        for (int kill = 0; kill < KILLS; kill++) {
            try (Program program = start(file)) {
                url = killAtRandom(program, acknowledged, url);
            }
            acknowledged = Http.offset(url.orElseThrow());
        }
        acknowledged = settledOffset(url.orElseThrow());
        try (Program program = start(file)) {
            List<String> lines = program.result(Duration.ofMinutes(2));
            String[] last = lines.get(lines.size() - 1).split(" ", -1);
            assertThat(last[0]).as("last line of %s", lines).isEqualTo("complete");
            assertThat(last[1]).isEqualTo(url.orElseThrow().toString());
            assertThat(Long.parseLong(last[2])).isEqualTo(LENGTH - acknowledged);
            assertThat(TestFile.sha256(URI.create(last[1]).toURL().openStream()))
                    .isEqualTo(file.sha256());
        }
    }

    /** Kills the program once it has sent something, and tells the upload's URL. */
    private Optional<URI> killAtRandom(Program program, long acknowledged, Optional<URI> known)
            throws Exception {
        await("first offset")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> url(program).isPresent());
        URI url = url(program).orElseThrow();
        known.ifPresent(before -> assertThat(url).isEqualTo(before));
        long more = random.nextLong(1, (LENGTH - acknowledged) / (2L * KILLS));
        await("some more bytes")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Http.offset(url) > acknowledged + more || !program.isAlive());
        program.kill();
        assertThat(offsets(program)).allMatch(offset -> offset >= acknowledged);
        return Optional.of(url);
    }

    /**
     * Where the upload is once the server has read what the killed program's connection still held.
     * An offset asked for before that is true, but may be passed by these bytes.
     */
    private long settledOffset(URI url) throws Exception {
        await("end of the killed program's request")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Http.metric(server.origin(), "longhaul_uploads_active") == 0);
        return Http.offset(url);
    }

    private static Optional<URI> url(Program program) throws IOException {
        return program.lines().stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length == 3 && words[1].startsWith("http"))
                .map(words -> URI.create(words[1]))
                .findFirst();
    }

    /** What the program said that the server has, once it knew the upload. */
    private static List<Long> offsets(Program program) throws IOException {
        return program.lines().stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length == 3 && words[1].startsWith("http"))
                .map(words -> Long.parseLong(words[2]))
                .toList();
    }

    private Program start(TestFile file) throws IOException {
        return Program.start(
                Program.thisJava(),
                List.of(),
                "UploadFile",
                server.uploads().toString(),
                file.path().toString(),
                directory.resolve("store").toString(),
                "1",
                "OFF");
    }
}
