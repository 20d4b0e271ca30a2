package io.longhaul.benchmarks.peer;

import io.longhaul.benchmarks.peer.Peer.Kind;
import io.longhaul.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** Our own server as its users install it: the jar and its start script in a directory. */
public final class Longhaul {

    private static final String NAME = "longhaul-server";
    private static final String VERSION = "0.1.0-SNAPSHOT";
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
        return new Peer(
                name,
                VERSION,
                options.isEmpty() ? configuration() : configuration() + "; " + options,
                durable,
                Kind.LONGHAUL,
                (port, directory) ->
                        command(
                                port,
                                options,
                                List.of(
                                        "--longhaul.data-dir=" + directory.resolve("data"),
                                        "--longhaul.durability=" + durability)));
    }

    /**
     * One of several that share a store.
     *
     * @param settings of the one on a port
     */
    public Peer sharing(String name, IntFunction<List<String>> settings) {
        return new Peer(
                name,
                VERSION,
                configuration(),
                "bytes and the record are in the store",
                Kind.LONGHAUL,
                (port, _) -> command(port, "", settings.apply(port)));
    }

    private String configuration() {
        return prepared ? "start script, prepared" : "start script";
    }

    private List<String> command(int port, String options, List<String> settings) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("env", javaHome(), "JAVA_OPTS=" + options, script.toString()));
        words.add("--server.port=" + port);
        words.addAll(settings);
        return words;
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
