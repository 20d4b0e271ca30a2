package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the executable jar as a user does. */
class StartupIT {

    @TempDir Path home;

    private @Nullable Process server;

    @AfterEach
    void killTheServer() throws InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysWhereToUploadToAndStopsCleanly() throws Exception {
        List<String> lines = startUntil("Upload to", Map.of(), "--server.port=0");

        assertThat(lines.getLast()).containsPattern("Upload to http://localhost:[1-9]\\d*/files$");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("Longhaul 0.", " on Java 25"));
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains(
                                                "Data directory " + home.resolve("data"),
                                                " free, durability power-loss"));
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .containsPattern(
                                                "Open http://localhost:[1-9]\\d*/ in a browser$"));
        assertThat(lines).hasSize(4);
        server().toHandle().destroy(); // unlike destroy(), it leaves the output open
        assertThat(server().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server().inputReader().lines()).noneMatch(line -> line.contains("Exception"));
    }

    @Test
    void warnsWhenItIsOpenToTheNetwork() throws Exception {
        List<String> lines =
                startUntil("WARN", Map.of("SERVER_ADDRESS", "0.0.0.0"), "--server.port=0");

        assertThat(lines.getLast())
                .contains("Anyone who can reach port ")
                .contains("Set server.address=127.0.0.1 to serve this machine only.");
    }

    @Test
    void readsTheFileBesideItAndTheEnvironment() throws Exception {
        Files.writeString(
                home.resolve("application.yaml"),
                "longhaul:\n  durability: process-crash\n  data-dir: from-file\nserver:\n  port: 0\n");
        List<String> lines =
                startUntil("Upload to", Map.of("LONGHAUL_DATA_DIR", "from-environment"));

        assertThat(String.join("\n", lines))
                .contains(home.resolve("from-environment").toString())
                .contains("durability process-crash");
    }

    @Test
    void refusesAnUnknownEnvironmentVariable() throws Exception {
        List<String> lines = run(Map.of("LONGHAUL_DATADRI", "x"), "--server.port=0");

        assertThat(lines)
                .containsSequence(
                        "Description:",
                        "",
                        "There is no setting LONGHAUL_DATADRI (an environment variable).",
                        "",
                        "Action:",
                        "",
                        "Did you mean longhaul.data-dir? Correct LONGHAUL_DATADRI or remove it.")
                .noneMatch(line -> line.startsWith("\tat "));
        assertThat(server().exitValue()).isEqualTo(1);
    }

    private List<String> startUntil(String text, Map<String, String> variables, String... arguments)
            throws IOException {
        BufferedReader output = start(variables, arguments);
        List<String> lines = new ArrayList<>();
        String line = output.readLine();
        while (line != null) {
            lines.add(line);
            if (line.contains(text)) {
                return lines;
            }
            line = output.readLine();
        }
        throw new AssertionError("the server ended: " + String.join("\n", lines));
    }

    private List<String> run(Map<String, String> variables, String... arguments) throws Exception {
        List<String> lines = start(variables, arguments).lines().toList();
        server().waitFor();
        return lines;
    }

    private BufferedReader start(Map<String, String> variables, String... arguments)
            throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(
                                        Stream.of(java, "-jar", System.getProperty("packaged.jar")),
                                        Arrays.stream(arguments))
                                .toList());
        builder.directory(home.toFile()).redirectErrorStream(true).environment().putAll(variables);
        server = builder.start();
        return server.inputReader();
    }

    private Process server() {
        if (server == null) {
            throw new IllegalStateException("no server was started");
        }
        return server;
    }
}
