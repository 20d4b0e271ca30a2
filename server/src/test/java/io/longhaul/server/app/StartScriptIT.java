package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the server as it should run for long. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class StartScriptIT {

    private static final Map<String, String> JAVA =
            Map.of("JAVA_HOME", System.getProperty("java.home"));
    private static final Duration PREPARATION = Duration.ofMinutes(5);

    @TempDir static Path installed;

    @BeforeAll
    static void install() throws IOException {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("packaged.jar")));
        for (String name : new String[] {"longhaul-server.jar", "longhaul-server"}) {
            Files.copy(
                    jar.resolveSibling(name),
                    installed.resolve(name),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static Path script() {
        return installed.resolve("longhaul-server");
    }

    private static String commandLine(ServerProcess server) throws IOException {
        return Files.readString(Path.of("/proc/%d/cmdline".formatted(server.pid())))
                .replace('\0', ' ');
    }

    private static String mapped(ServerProcess server) throws IOException {
        return Files.readString(Path.of("/proc/%d/maps".formatted(server.pid())));
    }

    @Test
    void startsFastOncePrepared() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc tells what a process runs");
        Path cache = installed.resolve("prepared/start.aot");
        try (ServerProcess server = ServerProcess.startScript(script(), JAVA)) {
            assertThat(mapped(server)).doesNotContain(cache.toString());
        }

        try (Command prepare = Command.start(installed, JAVA, script().toString(), "prepare")) {
            assertThat(prepare.result(PREPARATION)).isEqualTo("Prepared: " + cache + "\n");
        }
        try (ServerProcess server = ServerProcess.startScript(script(), JAVA)) {
            assertThat(mapped(server))
                    .contains(
                            cache.toString(),
                            installed.resolve("prepared/libsqlitejdbc").toString());
            assertThat(commandLine(server))
                    .contains("-Xmx208m", "-XX:TrimNativeHeapInterval=10000");
            server.stop(); // the signal reaches the server, as the script is it by now
            assertThat(server.output()).doesNotContain("WARN", "warning", "Exception");
        }

        Files.setLastModifiedTime(
                installed.resolve("longhaul-server.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        try (ServerProcess server = ServerProcess.startScript(script(), JAVA)) {
            assertThat(mapped(server)).doesNotContain(cache.toString());
        }
    }

    @Test
    void takesOptionsFromTheEnvironment() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc tells what a process runs");
        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "JAVA_HEAP", "300m",
                        "JAVA_OPTS", "-Dsome=thing -XX:+ExitOnOutOfMemoryError");
        try (ServerProcess server = ServerProcess.startScript(script(), environment)) {
            assertThat(commandLine(server))
                    .contains("-Xmx300m", "-Dsome=thing -XX:+ExitOnOutOfMemoryError");
        }
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = installed.resolve("link");
        Files.createSymbolicLink(link, Path.of("longhaul-server"));

        try (ServerProcess server = ServerProcess.startScript(link, JAVA)) {
            assertThat(server.output()).contains("Upload to ");
        }
    }

    @Test
    void saysThatTheJarIsMissing(@TempDir Path empty) throws Exception {
        Path alone = Files.copy(script(), empty.resolve("longhaul-server"));
        Process process = new ProcessBuilder("sh", alone.toString()).start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(process.errorReader().readLine())
                .isEqualTo(
                        "longhaul-server: %s is missing; put it beside this script"
                                .formatted(empty.toRealPath().resolve("longhaul-server.jar")));
    }
}
