package io.longhaul.server.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process that commits, without warning, and looks at what it had acknowledged. */
@Timeout(120)
final class SqliteKillTests {

    private static final int ROUNDS = 2;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 2_000;

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void noAcknowledgedChangeIsLostWhenTheProcessIsKilled(Durability durability) throws Exception {
        Path file = directory.resolve("catalog.db");
        Map<UploadId, Long> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            commitAndKill(file, durability, acknowledged);
            try (SqliteUploadCatalog catalog = new SqliteUploadCatalog(file, durability)) {
                for (var entry : acknowledged.entrySet()) {
                    assertStored(catalog, entry.getKey(), entry.getValue());
                }
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);
    }

    /** An offset that was acknowledged, or a later one, with the version that belongs to it. */
    private static void assertStored(SqliteUploadCatalog catalog, UploadId id, long offset)
            throws IOException {
        Upload stored = catalog.find(id).orElseThrow();
        assertThat(stored.offset()).isGreaterThanOrEqualTo(offset);
        assertThat(stored.version()).isEqualTo(stored.offset() + 1);
    }

    private static void commitAndKill(
            Path file, Durability durability, Map<UploadId, Long> acknowledged) throws Exception {
        Process child = start(file, durability);
        try (BufferedReader lines = child.inputReader()) {
            int count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (!words[0].equals(CommittingProcess.ACKNOWLEDGED)) {
                    continue; // a log line
                }
                acknowledged.put(new UploadId(words[1]), Long.valueOf(words[2]));
                if (++count == ACKNOWLEDGED_BEFORE_KILL) {
                    // By its handle, which leaves the pipe open: what it still printed before it
                    // died was acknowledged too.
                    child.toHandle().destroyForcibly();
                }
            }
            assertThat(count).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
            assertThat(child.waitFor()).isNotZero();
        } finally {
            child.destroyForcibly();
        }
    }

    private static Process start(Path file, Durability durability) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        file.toString(),
                        durability.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
