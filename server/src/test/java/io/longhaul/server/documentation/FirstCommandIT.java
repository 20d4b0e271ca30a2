package io.longhaul.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.ChildProcesses;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, in a fresh copy of the sources, with whatever Java runs Maven. */
@Timeout(480)
class FirstCommandIT {

    private static final Path ROOT = Path.of("..");

    /** What a build leaves in a module, and no fresh copy has. */
    private static final Set<String> BUILT = Set.of("target", "node_modules");

    @TempDir private Path copy;

    @Test
    void startsAServerFromTheSources() throws Exception {
        copySources();
        int port = FreePorts.next();
        Path log = copy.resolve("maven.log");
        Process maven = ChildProcesses.start(command(port, log));
        try {
            await("the server that Maven starts")
                    .atMost(Duration.ofMinutes(7))
                    .pollInterval(Duration.ofMillis(250))
                    .failFast(() -> assertThat(maven.isAlive()).as(Files.readString(log)).isTrue())
                    .until(() -> answers(port));

            assertThat(copy.resolve("data/catalog.db")).exists();
            assertThat(page(port)).contains("<title>Longhaul");
            assertThat(Files.readString(log))
                    .contains("Upload to http://localhost:%d/files".formatted(port));
        } finally {
            maven.descendants().forEach(ProcessHandle::destroy);
            maven.destroy();
            assertThat(maven.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void copySources() throws IOException {
        Files.copy(ROOT.resolve("pom.xml"), copy.resolve("pom.xml"));
        for (String module : List.of("pwa", "server", "client-java")) {
            FileUtils.copyDirectory(
                    ROOT.resolve(module).toFile(),
                    copy.resolve(module).toFile(),
                    file -> !BUILT.contains(file.getName()));
        }
    }

    private ProcessBuilder command(int port, Path log) {
        String home = Objects.requireNonNull(System.getProperty("maven.home"), "maven.home");
        ProcessBuilder command =
                new ProcessBuilder(
                                Path.of(home, "bin", "mvn").toString(),
                                "--batch-mode",
                                "--no-transfer-progress",
                                "spring-boot:run",
                                "-Dspring-boot.run.arguments=--server.port=" + port)
                        .directory(copy.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        return command;
    }

    private static String page(int port) throws IOException {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.exchange("GET / HTTP/1.1\nHost: localhost\n").text();
        }
    }

    private static boolean answers(int port) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection.exchange("OPTIONS /files HTTP/1.1\nHost: localhost\n").status()
                    == 200;
        } catch (IOException _) { // nobody listens yet
            return false;
        }
    }
}
