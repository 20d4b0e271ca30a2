package io.longhaul.benchmarks.peer;

import io.longhaul.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the peers are installed: what install-peers.sh leaves. */
public record Tools(Path directory) {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String UNKNOWN = "unknown";

    /** Where install-peers.sh installs unless it is told otherwise. */
    public static Path defaultDirectory() {
        return Path.of(System.getProperty("user.home"), ".cache", "longhaul-benchmarks", "peers");
    }

    /** The Java that runs this. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A file that is installed, if it is. */
    Optional<Path> installed(String name) {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** What a file named {@code NAME.version} says beside an installed peer. */
    String version(String name) {
        try {
            return Files.readString(directory.resolve(name + ".version")).strip();
        } catch (IOException _) { // the figures are worth as much without it
            return UNKNOWN;
        }
    }

    /** The first line that a command prints, or a word that says there was none. */
    public static String firstLine(List<String> command) {
        try {
            Command started = Command.start(Path.of("."), Map.of(), command.toArray(String[]::new));
            return started.result(LIMIT).lines().findFirst().orElse(UNKNOWN).strip();
        } catch (IOException | AssertionError _) { // not installed, or it does not say
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
