package io.longhaul.benchmarks.peer;

import io.longhaul.benchmarks.peer.Peer.Kind;
import io.longhaul.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Our own server as its users install it: the jar and its start script in a directory. */
public final class Longhaul {

    private static final String NAME = "longhaul-server";
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(3);

    private final Path script;
    private final boolean prepared;

    private Longhaul(Path script, boolean prepared) {
        this.script = script;
        this.prepared = prepared;
    }

    /**
     * Installs it in a directory.
     *
     * @param prepare whether to prepare its starts, as its documentation recommends
     */
    public static Longhaul install(Path directory, boolean prepare) throws IOException {
        Files.createDirectories(directory);
        Path jar =
                Path.of(Objects.requireNonNull(System.getProperty("packaged.jar"), "packaged.jar"));
        copy(jar, directory.resolve(NAME + ".jar"));
        Path script = directory.resolve(NAME);
        copy(jar.resolveSibling(NAME), script);
        if (prepare) {
            prepare(script);
        }
        return new Longhaul(script, prepare);
    }

    Peer peer(String name, String durability, String durable, String options) {
        String configuration = prepared ? "start script, prepared" : "start script";
        return new Peer(
                name,
                "0.1.0-SNAPSHOT",
                options.isEmpty() ? configuration : configuration + "; " + options,
                durable,
                Kind.LONGHAUL,
                (port, directory) ->
                        List.of(
                                "env",
                                javaHome(),
                                "JAVA_OPTS=" + options,
                                script.toString(),
                                "--server.port=" + port,
                                "--longhaul.data-dir=" + directory.resolve("data"),
                                "--longhaul.durability=" + durability));
    }

    private static void prepare(Path script) throws IOException {
        try (Command command =
                Command.start(
                        Path.of("."), Map.of(), "env", javaHome(), script.toString(), "prepare")) {
            command.result(PREPARE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String javaHome() {
        return "JAVA_HOME=" + System.getProperty("java.home");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(
                from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
