package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that is installed, or else one from Debian's packages, unpacked below {@code target}.
 * Nothing is installed on the machine, so this needs no rights on it.
 */
final class DebianProgram {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path APT = Path.of("/usr/bin/apt-get");

    private final Path installed;
    private final List<String> packages;
    private final Path directory;

    /**
     * @param installed where its package puts it
     * @param packages that have it and what it needs; the first names the directory
     */
    DebianProgram(Path installed, String... packages) {
        this.installed = installed;
        this.packages = List.of(packages);
        this.directory = Path.of("target", this.packages.getFirst()).toAbsolutePath();
    }

    boolean isInstalled() {
        return Files.isExecutable(installed);
    }

    /** Where it is when it was unpacked. */
    Path unpacked() {
        return root().resolve(installed.getRoot().relativize(installed));
    }

    /** Below which the packages are unpacked. */
    Path root() {
        return directory.resolve("root");
    }

    /** Downloads and unpacks it, unless that was done before. */
    void fetch() throws IOException, InterruptedException {
        if (Files.isExecutable(unpacked())) {
            return;
        }
        Files.createDirectories(directory.resolve("lists/partial"));
        Files.createDirectories(directory.resolve("cache/archives/partial"));
        apt("update");
        for (String name : packages) {
            apt("download", name);
            unpack(name);
        }
    }

    private void unpack(String name) throws IOException, InterruptedException {
        try (var files = Files.newDirectoryStream(directory, name + "_*.deb")) {
            for (Path file : files) {
                run("dpkg-deb", "-x", file.toString(), "root");
            }
        }
    }

    private void apt(String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(APT.toString(), "--quiet"));
        words.addAll(List.of("-o", "Dir::State::lists=" + directory.resolve("lists")));
        words.addAll(List.of("-o", "Dir::Cache=" + directory.resolve("cache")));
        words.addAll(List.of(arguments));
        run(words.toArray(String[]::new));
    }

    private void run(String... words) throws IOException, InterruptedException {
        Command.start(directory, Map.of(), words).result(LIMIT);
    }
}
