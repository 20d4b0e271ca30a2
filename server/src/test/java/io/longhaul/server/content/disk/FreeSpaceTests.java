package io.longhaul.server.content.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreeSpaceTests {

    private static final Path ALWAYS_FULL = Path.of("/dev/full");

    private final Path directory;

    FreeSpaceTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void recognisesTheFailureOfAFullDevice() throws IOException {
        assumeTrue(Files.exists(ALWAYS_FULL), "SKIPPED: no /dev/full here");
        IOException failure;
        try (FileChannel full = FileChannel.open(ALWAYS_FULL, StandardOpenOption.WRITE)) {
            failure = assertThrows(IOException.class, () -> full.write(ByteBuffer.allocate(1)));
        }

        assertThat(space(0).explain(failure))
                .isInstanceOf(StorageFullException.class)
                .hasCause(failure);
    }

    @Test
    void recognisesAFullQuota() throws IOException {
        FileSystemException failure = new FileSystemException("f", null, "Disk quota exceeded");

        assertThat(space(0).explain(failure)).isInstanceOf(StorageFullException.class);
    }

    @Test
    void leavesOtherFailuresAsTheyAre() throws IOException {
        for (IOException failure :
                new IOException[] {
                    new IOException("Input/output error"),
                    new IOException(),
                    new ClosedChannelException(),
                    new ContentLostException("No space left on device")
                }) {
            assertThat(space(0).explain(failure)).isSameAs(failure);
        }
    }

    @Test
    void grantsNothingOfTheReserve() throws IOException {
        FreeSpace space = space(Long.MAX_VALUE);

        assertThat(space.usable()).isZero();
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> space.grant(1));
    }

    @Test
    void grantsWhatThereIsRoomFor() throws IOException {
        FreeSpace space = space(0);

        for (int i = 0; i < 100; i++) {
            assertThat(space.grant(100_000)).isBetween(1, 100_000);
        }
    }

    private FreeSpace space(long reserve) throws IOException {
        return new FreeSpace(Files.getFileStore(directory), reserve);
    }
}
