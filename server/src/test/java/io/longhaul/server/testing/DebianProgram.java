package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

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
        this.directory =
                Path.of(System.getProperty("debian.packages", "target"), this.packages.getFirst())
                        .toAbsolutePath();
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

    /** Whether this machine has the packages of a Debian, or of a system that is made of one. */
    static boolean canFetch() {
        return Files.isExecutable(APT);
    }

    /** Downloads and unpacks it, unless that was done before. */
    void fetch() throws IOException, InterruptedException {
        if (!Files.isExecutable(unpacked())) {
            update();
            unpack(packages);
        }
    }

    /**
     * Downloads and unpacks it, unless that was done before, and what it depends on.
     *
     * @param needed of the packages that installing it would add to the machine
     */
    void fetchWithDependencies(Predicate<String> needed) throws IOException, InterruptedException {
        if (!Files.isExecutable(unpacked())) {
            update();
            Set<String> names = new LinkedHashSet<>(packages);
            added().filter(needed).forEach(names::add);
            unpack(names);
        }
    }

    private void update() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("lists/partial"));
        Files.createDirectories(directory.resolve("cache/archives/partial"));
        apt("update", List.of());
    }

    private Stream<String> added() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--simulate", "--no-install-recommends"));
        words.addAll(packages);
        return apt("install", words)
                .lines()
                .filter(line -> line.startsWith("Inst "))
                .map(line -> line.split(" ", -1)[1]);
    }

    /** The root is there with all of them, or not at all. */
    private void unpack(Collection<String> names) throws IOException, InterruptedException {
        apt("download", names);
        Path partial = directory.resolve("partial");
        FileUtils.deleteDirectory(partial.toFile());
        for (String name : names) {
            try (var files = Files.newDirectoryStream(directory, name + "_*.deb")) {
                for (Path file : files) {
                    run("dpkg-deb", "-x", file.toString(), partial.toString());
                }
            }
        }
        FileUtils.deleteDirectory(root().toFile());
        Files.move(partial, root());
    }

    private String apt(String command, Collection<String> arguments)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(APT.toString(), "--quiet"));
        words.addAll(List.of("-o", "Dir::State::lists=" + directory.resolve("lists")));
        words.addAll(List.of("-o", "Dir::Cache=" + directory.resolve("cache")));
        words.add(command);
        words.addAll(arguments);
        return run(words.toArray(String[]::new));
    }

    private String run(String... words) throws IOException, InterruptedException {
        return Command.start(directory, Map.of(), words).result(LIMIT);
    }
}
