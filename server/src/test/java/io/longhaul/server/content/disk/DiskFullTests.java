package io.longhaul.server.content.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.testing.TemporaryDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskFullTests {

    private static final int MIB = 1 << 20;

    private final UploadId id = UploadId.random();
    private final TemporaryDisk disk;

    DiskFullTests(@TempDir Path directory) throws IOException, InterruptedException {
        disk = new TemporaryDisk(directory.resolve("disk"), "size=4m,mode=0700");
    }

    @BeforeEach
    void needsADisk() {
        assumeTrue(disk.isMounted(), "SKIPPED: a small disk can be mounted by root only");
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    @Test
    void keepsTheBytesThatFitOnAFullDisk() throws IOException {
        DiskContentStore store = store(0);
        byte[] bytes = new byte[8 * MIB];
        new Random(1).nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(buffer.slice(0, 64 << 10));
            buffer.position(64 << 10);
            takeAllBut(MIB);
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> append.write(buffer))
                    .withCauseInstanceOf(IOException.class);

            long kept = append.offset();
            assertThat(kept).isBetween(MIB / 2L, 2L * MIB).isEqualTo(buffer.position());
            assertThat(read(store, append.flush(), kept))
                    .isEqualTo(ByteBuffer.wrap(bytes).slice(0, (int) kept));
        }
    }

    @Test
    void goesOnWhenThereIsRoomAgain() throws IOException {
        DiskContentStore store = store(0);
        ByteBuffer buffer = ByteBuffer.allocate(2 * MIB);

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            Path ballast = takeAllBut(MIB);
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> append.write(buffer));
            Files.delete(ballast);
            append.write(buffer);

            assertThat(append.offset()).isEqualTo(2 * MIB);
        }
    }

    @Test
    void keepsTheReserveFree() throws IOException {
        DiskContentStore store = store(2 * MIB);
        assertThat(store.usableBytes()).hasValue(usable() - 2 * MIB);

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> append.write(ByteBuffer.allocateDirect(8 * MIB)))
                    .withMessageContaining("2097152 bytes");

            assertThat(append.offset()).isBetween(2L * MIB - (128 << 10), 2L * MIB);
            assertThat(usable()).isBetween(2L * MIB - (128 << 10), 2L * MIB + (128 << 10));
        }
    }

    @Test
    void stopsSoonWhenOthersTakeTheReserve() throws IOException {
        DiskContentStore store = store(MIB);
        store.append(UploadId.random(), ContentPlace.START).close();
        takeAllBut(MIB);

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> append.write(ByteBuffer.allocate(1)));
            assertThat(append.offset()).isZero();
        }
        assertThat(store.usableBytes()).hasValue(0);
    }

    @Test
    void saysSoWhenThereIsNoRoomForADirectory() throws Exception {
        disk.close();
        try (TemporaryDisk tiny = new TemporaryDisk(disk.directory(), "nr_inodes=2,mode=0700")) {
            assertThat(tiny.isMounted()).isTrue();
            DiskContentStore store = store(0);

            try (ContentAppend append = store.append(id, ContentPlace.START)) {
                assertThatExceptionOfType(StorageFullException.class)
                        .isThrownBy(() -> append.write(ByteBuffer.allocate(1)))
                        .withCauseInstanceOf(FileSystemException.class);
            }
        }
    }

    private DiskContentStore store(long reserve) throws IOException {
        return new DiskContentStore(
                disk.directory().resolve("content"), Durability.POWER_LOSS, reserve);
    }

    private Path takeAllBut(long left) throws IOException {
        Path ballast = disk.directory().resolve("ballast");
        try (FileChannel channel =
                FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate((int) (usable() - left)));
        }
        return ballast;
    }

    private long usable() throws IOException {
        FileStore store = Files.getFileStore(disk.directory());
        return store.getUsableSpace();
    }

    private static ByteBuffer read(DiskContentStore store, ContentReference reference, long count)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.read(reference, 0, count, Channels.newChannel(bytes)::write);
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
