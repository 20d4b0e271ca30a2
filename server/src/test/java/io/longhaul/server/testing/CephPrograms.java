package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The daemons and tools of Ceph 16 from the packages of Debian 12. Other releases of Debian have
 * other versions, which the tests do not know. Immutable.
 */
public final class CephPrograms {

    private static final Path SYSTEM = Path.of("/etc/os-release");

    private final Path root;
    private final Path libraries;

    private CephPrograms(Path root, Path libraries) {
        this.root = root;
        this.libraries = libraries;
    }

    /** Finds or fetches them; else prints why the tests that need them are skipped. */
    public static Optional<CephPrograms> find() throws IOException, InterruptedException {
        if (!DebianProgram.canFetch()) {
            return skipped("there is no apt-get");
        }
        if (!isKnown(system())) {
            return skipped("this is " + system().getProperty("PRETTY_NAME"));
        }
        DebianProgram gateway =
                new DebianProgram(
                        Path.of("/usr/bin/radosgw"),
                        "radosgw",
                        "ceph-base",
                        "ceph-common",
                        "ceph-mon",
                        "ceph-osd");
        try {
            gateway.fetchWithDependencies(name -> name.startsWith("lib"));
        } catch (IOException | AssertionError e) {
            return skipped(String.valueOf(e.getMessage()));
        }
        return Optional.of(in(gateway.root()));
    }

    private static Optional<CephPrograms> skipped(String reason) {
        System.err.println("SKIPPED: tests with Ceph. Its packages cannot be had: " + reason);
        return Optional.empty();
    }

    private static boolean isKnown(Properties system) {
        String release = system.getProperty("ID") + " " + system.getProperty("VERSION_ID");
        return release.replace("\"", "").equals("debian 12");
    }

    private static Properties system() throws IOException {
        Properties system = new Properties();
        try (var lines = Files.newBufferedReader(SYSTEM)) {
            system.load(lines);
        }
        return system;
    }

    private static CephPrograms in(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("usr/lib"))) {
            Path libraries =
                    files.filter(file -> file.endsWith("ceph/libceph-common.so.2"))
                            .findFirst()
                            .map(file -> file.resolve("../..").normalize())
                            .orElseThrow(() -> new IOException("no library in Ceph's packages"));
            return new CephPrograms(root, libraries);
        }
    }

    public String program(String name) {
        return root.resolve("usr/bin").resolve(name).toString();
    }

    /** The directory that has the libraries, and those of their plugins below it. */
    public Path libraries() {
        return libraries;
    }

    /** What the programs need in their environment. */
    public Map<String, String> environment() {
        Path essential = root.resolve("lib").resolve(libraries.getFileName());
        return Map.of(
                "LD_LIBRARY_PATH",
                "%s:%s/ceph:%s".formatted(libraries, libraries, essential),
                "LC_ALL",
                "C");
    }
}
