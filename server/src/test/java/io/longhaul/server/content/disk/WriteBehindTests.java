package io.longhaul.server.content.disk;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class WriteBehindTests {

    private final WriteBehind behind = new WriteBehind(0);

    @TempDir private Path directory;

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** A device that cannot be forced stands for a disk that has lost something. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void doesNotForgetThatTheDiskRefused() throws IOException {
        try (FileChannel device = open(Path.of("/dev/full"))) {
            behind.wrote(device, WriteBehind.STEP);

            assertThatIOException()
                    .isThrownBy(behind::await)
                    .withMessage("Invalid argument"); // what the system said, in its words
        }
        try (FileChannel file = open(directory.resolve("file"))) {
            behind.wrote(file, 2 * WriteBehind.STEP);

            assertThatIOException().isThrownBy(behind::await);
        }
    }

    @Test
    void aFileThatWasClosedIsNoFailure() throws IOException {
        FileChannel closed = open(directory.resolve("file"));
        closed.close();

        behind.wrote(closed, WriteBehind.STEP);

        assertThatCode(behind::await).doesNotThrowAnyException();
    }
}
