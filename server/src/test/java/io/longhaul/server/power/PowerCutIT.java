package io.longhaul.server.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.StraceCommand;
import io.longhaul.server.testing.TestFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Traces a server under load and cuts its power at every moment, as far as {@code -Dpower.states}
 * goes. {@code -Dpower.seed} repeats what the clients do and the mixtures that cuts leave.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PowerCutIT {

    private static final int STATES = Integer.getInteger("power.states", 60);
    private static final int UPLOADS = Integer.getInteger("power.uploads", 3);
    private static final int STARTS = Integer.getInteger("power.starts", 1);
    private static final long SEED = Long.getLong("power.seed", System.nanoTime());

    /** The trace of a run in which something was lost. */
    private static final Path KEPT = Path.of("target", "power-cut.trace");

    private StraceCommand strace;
    private TracedServer server;
    private UploadTraffic traffic;
    private Recording recording;

    @BeforeAll
    void record() throws Exception {
        Optional<StraceCommand> found = StraceCommand.find();
        Assumptions.assumeTrue(found.isPresent(), "strace");
        strace = found.get();
        server = TracedServer.start(strace);
        traffic = new UploadTraffic(server.port());
        recording = TracedRun.of(server, traffic, UPLOADS, SEED).read();
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel("org.flywaydb", LogLevel.WARN);
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void nothingToldIsLost() throws IOException {
        PowerCuts power = new PowerCuts(recording);

        Optional<String> loss = power.firstLoss(power.cuts(STATES, SEED));
        if (loss.isPresent()) {
            Files.copy(server.trace(), KEPT, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(loss).as("seed %d, the trace is %s", SEED, KEPT.toAbsolutePath()).isEmpty();

        System.out.printf(
                "Cut the power %d times, seed %d: %d changes of files and directories, %d forces,"
                        + " %d answers about %d uploads%n",
                STATES,
                SEED,
                recording.calls().changes(),
                recording.calls().forces(),
                recording.wire().answers().size(),
                recording.uploads().size());
    }

    @Test
    void replaysToWhatWasThere(@TempDir Path replayed) throws IOException {
        recording.disk().write(recording.lines(), Survival.EVERYTHING, replayed);

        assertThat(digests(replayed)).isEqualTo(digests(server.kills().getLast().copy()));
    }

    /** Everything but SQLite's index of its log, which is memory. */
    private static Map<String, String> digests(Path directory) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (File file : FileUtils.listFiles(directory.toFile(), null, true)) {
            if (!file.getName().endsWith("-shm")) {
                try (InputStream in = Files.newInputStream(file.toPath())) {
                    String name = directory.relativize(file.toPath()).toString();
                    digests.put(name, TestFile.sha256(in));
                }
            }
        }
        return digests;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/content/../.{32}", // a content file
                "data/content/..", // the entry of one
                "data/content", // the entry of the directory that it is in
                "data", // the entries of the content's root, the database and its log
                "", // the entry of the data directory
                "data/catalog.db-wal",
                "data/catalog.db"
            })
    void findsWhatIsLostWithoutAForce(String paths) throws IOException {
        PowerCuts power = new PowerCuts(recording);
        recording.calls().countForces(path -> !path.toString().matches(paths));
        try {
            assertThat(power.firstLoss(power.hardest())).isPresent();
        } finally {
            recording.calls().countForces(_ -> true);
        }
    }

    @Test
    void findsWhatProcessCrashLoses() throws IOException {
        try (TracedServer careless =
                TracedServer.start(strace, "--longhaul.durability=process-crash")) {
            UploadTraffic sent = new UploadTraffic(careless.port());
            new UploadLives(sent, UPLOADS, SEED).await();
            careless.kill();
            PowerCuts power = new PowerCuts(careless.run(sent).read());

            assertThat(power.firstLoss(power.hardest())).isPresent();
        }
    }

    @Test
    void serverGoesOnWithWhatIsLeft() throws IOException {
        for (int start = 0; start < STARTS; start++) {
            FileUtils.deleteDirectory(server.disk().resolve("data").toFile());
            recording
                    .disk()
                    .write(recording.lines(), new Survival.Mixed(SEED + start), server.disk());
            server.restart();
            for (SentUpload upload : traffic.uploads()) {
                traffic.finish(upload);
                if (!upload.isTerminated()) {
                    assertThat(traffic.download(upload)).isEqualTo(upload.content());
                }
            }
            server.process().kill();
        }
    }
}
