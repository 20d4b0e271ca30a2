package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nginx program: the one that is installed, or else the one from Debian's package, unpacked
 * below {@code target}. Nothing is installed on the machine, so this needs no rights on it.
 */
public final class NginxBinary {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path INSTALLED = Path.of("/usr/sbin/nginx");
    private static final Path APT = Path.of("/usr/bin/apt-get");
    private static final Path DIRECTORY = Path.of("target", "nginx").toAbsolutePath();
    private static final Path UNPACKED = DIRECTORY.resolve("root/usr/sbin/nginx");

    private NginxBinary() {}

    /** Finds or fetches it; where that fails, prints why the tests that need it are skipped. */
    public static Optional<Path> find() throws InterruptedException {
        if (Files.isExecutable(INSTALLED)) {
            return Optional.of(INSTALLED);
        }
        try {
            if (!Files.isExecutable(UNPACKED)) {
                fetch();
            }
            Command.start(DIRECTORY, Map.of(), UNPACKED.toString(), "-v").result(LIMIT);
            return Optional.of(UNPACKED);
        } catch (IOException | AssertionError e) {
            System.err.println(
                    "SKIPPED: tests through nginx. It is not installed, and Debian's package"
                            + " cannot be had: "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    private static void fetch() throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY.resolve("lists/partial"));
        Files.createDirectories(DIRECTORY.resolve("cache/archives/partial"));
        apt("update");
        apt("download", "nginx");
        try (var packages = Files.newDirectoryStream(DIRECTORY, "nginx_*.deb")) {
            for (Path file : packages) {
                Command.start(DIRECTORY, Map.of(), "dpkg-deb", "-x", file.toString(), "root")
                        .result(LIMIT);
            }
        }
    }

    private static void apt(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(APT.toString(), "--quiet"));
        words.addAll(List.of("-o", "Dir::State::lists=" + DIRECTORY.resolve("lists")));
        words.addAll(List.of("-o", "Dir::Cache=" + DIRECTORY.resolve("cache")));
        words.addAll(List.of(arguments));
        Command.start(DIRECTORY, Map.of(), words.toArray(String[]::new)).result(LIMIT);
    }
}
