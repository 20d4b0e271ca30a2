package io.longhaul.server.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own, which only root can mount. */
@Timeout(120)
final class SqliteFullDiskTests {

    private static final UploadMetadata LARGE = new UploadMetadata("name " + "QUJD".repeat(3_600));

    @TempDir private Path directory;

    private SqliteUploadCatalog catalog;
    private volatile boolean seemsLarge;

    @BeforeEach
    void mountAndOpen() throws Exception {
        if (run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", directory.toString()) != 0) {
            System.err.println("SKIPPED: a full disk is not tested, as no tmpfs can be mounted");
            assumeTrue(false, "no tmpfs can be mounted");
        }
        open();
    }

    private void open() throws IOException {
        DiskSpace small = DiskSpace.of(directory);
        catalog =
                new SqliteUploadCatalog(
                        directory.resolve("catalog.db"),
                        Durability.POWER_LOSS,
                        () -> seemsLarge ? SqliteReserve.PLENTY : small.usable());
    }

    @AfterEach
    void closeAndUnmount() throws Exception {
        if (catalog != null) {
            catalog.close();
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static Upload upload() {
        return Upload.receiving(UploadId.random(), "", OptionalLong.empty(), Instant.EPOCH)
                .change()
                .metadata(LARGE)
                .done();
    }

    @Test
    void offsetsCanBeCommittedWhileTheDiskIsFull() throws IOException {
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            uploads.add(catalog.create(upload()));
        }
        fillDisk();

        advance(uploads, 100); // writes the log's bytes many times over

        assertThat(catalog.find(uploads.getFirst().id())).contains(uploads.getFirst());
    }

    @Test
    void whenNoRecordFitsKnownOnesCanStillMoveAndComplete() throws IOException {
        List<Upload> uploads = new ArrayList<>();
        fillDisk();

        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> createForEver(uploads));

        advance(uploads, 20);
        for (Upload upload : uploads) {
            var completed = new UploadEvent.Completed(upload.id(), Instant.EPOCH, upload.offset());
            assertThat(catalog.replace(upload, upload.version(), completed)).isPresent();
        }
        assertThat(catalog.outbox(Integer.MAX_VALUE)).hasSameSizeAs(uploads);
    }

    @Test
    void recordsFitAgainOnceThereIsSpace() throws IOException {
        Path ballast = fillDisk();
        List<Upload> uploads = new ArrayList<>();
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> createForEver(uploads));

        Files.delete(ballast);

        Upload next = catalog.create(upload());
        assertThat(catalog.find(next.id())).contains(next);
        assertThat(catalog.find(uploads.getLast().id())).contains(uploads.getLast());
    }

    @Test
    void whenNoBytesFitRecordsCanStillMoveAndMakeRoom() throws IOException {
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            uploads.add(catalog.create(bare()));
        }
        fillDisk();
        List<Upload> filled = new ArrayList<>();
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(
                        () -> {
                            while (true) {
                                Upload next = uploads.get(filled.size());
                                filled.add(fill(next));
                            }
                        });
        assertThat(filled).isNotEmpty();

        advance(uploads.subList(filled.size(), uploads.size()), 20);
        for (Upload upload : filled) {
            Upload gone = upload.change().state(UploadState.TERMINATED).content(null).done();
            assertThat(catalog.replace(gone, upload.version())).isPresent();
        }
        assertThat(fill(uploads.get(filled.size())).content()).isNotNull();
    }

    private static Upload bare() {
        return Upload.receiving(UploadId.random(), "", OptionalLong.empty(), Instant.EPOCH);
    }

    private Upload fill(Upload upload) throws IOException {
        var bytes = new UploadContent.Inline(ByteBuffer.allocate(16 << 10));
        Upload filled = upload.change().content(bytes).done();
        return catalog.replace(filled, upload.version()).orElseThrow();
    }

    @Test
    void opensAndAnswersWhileTheDiskIsFull() throws IOException {
        Upload stored = catalog.create(upload());
        catalog.close();
        Path ballast = fillDisk();
        // Something always is left free; here, less than a log of any use.
        shorten(ballast, 256 << 10);

        open();

        assertThat(catalog.find(stored.id())).contains(stored);
    }

    @Test
    void aDiskThatHadPlentyOfRoomIsPreparedBeforeItIsFull() throws Exception {
        catalog.close();
        seemsLarge = true;
        open();
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            uploads.add(catalog.create(upload()));
        }
        advance(uploads, 10);

        seemsLarge = false;
        Path file = directory.resolve("catalog.db");
        long size = Files.size(file);
        await().until(() -> Files.size(file) > size); // without a change to commit
        fillDisk();

        advance(uploads, 100);
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> createForEver(uploads));
        advance(uploads, 20);
        assertThat(catalog.find(uploads.getFirst().id())).contains(uploads.getFirst());
    }

    @Test
    void aDiskThatHasPlentyAgainIsUsed() throws IOException {
        Path ballast = fillDisk();
        List<Upload> uploads = new ArrayList<>();
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> createForEver(uploads));

        Files.delete(ballast);
        seemsLarge = true;

        for (int i = 0; i < 300; i++) {
            uploads.add(catalog.create(upload()));
        }
        assertThat(catalog.find(uploads.getLast().id())).contains(uploads.getLast());
    }

    /** As one with a quota that it does not tell. */
    @Test
    void aDiskThatIsFullWithoutSayingSoIsToldAsFullAndUsedAgain() throws IOException {
        catalog.close();
        seemsLarge = true;
        open();
        Upload stored = catalog.create(upload());
        Path ballast = fillDisk();

        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> createForEver(new ArrayList<>()));

        assertThat(catalog.find(stored.id())).contains(stored);
        Files.delete(ballast);
        Upload next = catalog.create(upload());
        assertThat(catalog.find(next.id())).contains(next);
        assertThat(catalog.find(stored.id())).contains(stored);
    }

    private void createForEver(List<Upload> created) throws IOException {
        while (true) {
            created.add(catalog.create(upload()));
        }
    }

    /** Moves each upload by one byte, that many times. */
    private void advance(List<Upload> uploads, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            for (int each = 0; each < uploads.size(); each++) {
                Upload upload = uploads.get(each);
                Upload moved = upload.change().offset(upload.offset() + 1_000_003).done();
                uploads.set(each, catalog.replace(moved, upload.version()).orElseThrow());
            }
        }
    }

    private Path fillDisk() throws IOException {
        Path ballast = directory.resolve("ballast");
        try (FileChannel file =
                FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(4_096);
            while (file.write(bytes.clear()) > 0) {}
        } catch (IOException _) { // no space left: that was the purpose
        }
        assertThat(Files.getFileStore(directory).getUsableSpace()).isZero();
        return ballast;
    }

    private static void shorten(Path ballast, long by) throws IOException {
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - by);
        }
    }
}
