package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.longhaul.server.testing.FileForces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    @TempDir Path temporary;

    @Test
    void createsTheDirectoryForItsOwnerOnly() throws IOException {
        Path path = temporary.resolve("deep/data");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(directory.path()).isEqualTo(path);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(path.resolve("longhaul-data")).hasContent("format 1");
            assertThat(directory.usableBytes()).isPositive();
        }
    }

    @Test
    void survivesAPowerCutWithAllThatWasMadeForIt() throws IOException {
        Path path = temporary.toRealPath().resolve("deep/data");

        assertThat(FileForces.during(() -> DataDirectory.open(path).close()))
                .containsSubsequence(
                        path.resolve("..").normalize(),
                        path.resolve("../..").normalize(),
                        path.resolve("longhaul-data.new"),
                        path);
    }

    @Test
    void forcesItsMarkerAgainWhenItsMakerMayHaveDiedTooSoon() throws IOException {
        Path path = temporary.toRealPath().resolve("data");
        DataDirectory.open(path).close();

        assertThat(FileForces.during(() -> DataDirectory.open(path).close())).containsExactly(path);
    }

    @Test
    void opensAnEmptyDirectoryAndOneThatItMadeBefore() throws IOException {
        DataDirectory.open(temporary).close();
        Files.createFile(temporary.resolve("longhaul.db"));

        DataDirectory.open(temporary).close();

        assertThat(temporary.resolve("longhaul-data")).exists();
    }

    @Test
    void opensTheRootOfAnEmptyDisk() throws IOException {
        Files.createDirectory(temporary.resolve("lost+found"));

        DataDirectory.open(temporary).close();

        assertThat(temporary.resolve("longhaul-data")).exists();
    }

    @Test
    void opensADirectoryWhoseMakingWasCutShort() throws IOException {
        Files.createFile(temporary.resolve("longhaul.lock"));
        Files.createFile(temporary.resolve("longhaul-data.new"));

        DataDirectory.open(temporary).close();

        assertThat(temporary.resolve("longhaul-data")).hasContent("format 1");
    }

    @Test
    void refusesADirectoryOfSomebodyElseAndLeavesNothingThere() throws IOException {
        Files.createFile(temporary.resolve("holiday.jpg"));

        refuses(temporary)
                .withMessageContaining(temporary.toString())
                .withMessageContaining("'holiday.jpg'");
        assertThat(temporary).isDirectoryNotContaining("glob:**longhaul*");
    }

    @Test
    void refusesAFormatOfANewerServer() throws IOException {
        Files.writeString(temporary.resolve("longhaul-data"), "format 2\n");

        refuses(temporary).withMessageContaining("format 2").withMessageContaining("up to 1");
    }

    @Test
    void refusesAMarkerThatSaysSomethingElse() throws IOException {
        Files.writeString(temporary.resolve("longhaul-data"), "hello\n");

        refuses(temporary).withMessageContaining("'hello'");
        Files.writeString(temporary.resolve("longhaul-data"), "format 1\n");
        DataDirectory.open(temporary).close();
    }

    @Test
    void refusesAPathWithAFileInItsPlace() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        refuses(file).withMessageContaining("a file is in its place");
        refuses(file.resolve("data")).withMessageContaining("cannot be created");
    }

    @Test
    void refusesWhereNoFileCanBeWritten() throws IOException {
        Files.createDirectory(temporary.resolve("longhaul.lock"));

        refuses(temporary).withMessageContaining("cannot be created, read or written");
    }

    @Test
    void refusesADirectoryThatItMayNotWrite() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(temporary), "root may write everywhere");

        refuses(temporary).withMessageContaining("permission denied");
    }

    @Test
    void refusesADirectoryThatIsOpenInThisProcess() throws IOException {
        try (DataDirectory _ = DataDirectory.open(temporary)) {
            refuses(temporary).withMessageContaining("in use by another Longhaul server");
        }
        DataDirectory.open(temporary).close();
    }

    @Test
    void refusesADirectoryThatIsOpenInAnotherProcess() throws Exception {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                temporary.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            refuses(temporary).withMessageContaining("in use by another Longhaul server");
        } finally {
            other.destroyForcibly().waitFor();
        }
        DataDirectory.open(temporary).close();
    }

    private static ThrowableAssertAlternative<StartupException> refuses(Path path) {
        return assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> DataDirectory.open(path))
                .satisfies(e -> assertThat(e.remedy()).contains("longhaul.data-dir").endsWith("."));
    }

    /** Holds a data directory until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            try (DataDirectory _ = DataDirectory.open(Path.of(args[0]))) {
                System.out.println("held");
                System.in.read();
            }
        }
    }
}
