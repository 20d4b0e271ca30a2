package io.longhaul.server.content.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.ContentStoreContract;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Durability.class)
final class DiskContentStoreTests extends ContentStoreContract {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Durability durability;
    private final Path root;
    private final ContentStore store;

    DiskContentStoreTests(Durability durability, @TempDir Path directory) throws IOException {
        this.durability = durability;
        root = directory.resolve("data/content");
        store = new DiskContentStore(root, durability, 0);
    }

    @Override
    protected ContentStore store() {
        return store;
    }

    @Override
    protected ContentReference zeros(UploadId upload, long length) throws IOException {
        ContentReference reference = keep(upload, new byte[1]);
        try (RandomAccessFile file = new RandomAccessFile(fileOf(upload).toFile(), "rw")) {
            file.setLength(length);
        }
        return reference;
    }

    @Test
    void keepsEachUploadInAFileNamedAfterIt() throws IOException {
        UploadId upload = new UploadId("abcd0123456789abcdef0123456789ab");

        keep(upload, "hello".getBytes(US_ASCII));

        assertThat(root.resolve("ab/abcd0123456789abcdef0123456789ab")).hasContent("hello");
    }

    @Test
    void createsNothingBeforeTheFirstByte() throws IOException {
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(ascii(""));
            append.flush();
            append.idle();
        }

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void leavesNoFileWhenNothingWasFlushed() throws IOException {
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(ascii("abc"));
            assertThat(fileOf(id)).exists();
        }

        assertThat(fileOf(id)).doesNotExist();
    }

    @Test
    void freesTheSpaceOfWhatWasNotFlushed() throws IOException {
        ContentReference reference = keep(id, random(10));

        try (ContentAppend append = store.append(id, new ContentPlace(reference, 10, null))) {
            append.write(ascii("abc"));
        }

        assertThat(fileOf(id)).hasSize(10);
    }

    @Test
    void freesTheSpaceOfDeletedContent() throws IOException {
        store.delete(id, keep(id, random(10)));

        assertThat(fileOf(id)).doesNotExist();
    }

    @Test
    void findsItsContentAfterARestart() throws IOException {
        ContentReference reference = keep(id, "before ".getBytes(US_ASCII));

        ContentStore restarted = new DiskContentStore(root, durability, 0);
        try (ContentAppend append = restarted.append(id, new ContentPlace(reference, 7, null))) {
            append.write(ascii("after"));
            append.flush();
        }

        assertThat(text(reference, 0, 12)).isEqualTo("before after");
    }

    @Test
    void idleAppendsHoldNoDescriptor() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "SKIPPED: no /proc/self/fd to count with");
        List<ContentAppend> appends = new ArrayList<>();
        long before = descriptors();
        for (int i = 0; i < 1_000; i++) {
            ContentAppend append = store.append(UploadId.random(), ContentPlace.START);
            append.write(ascii("some"));
            append.idle();
            appends.add(append);
        }

        assertThat(descriptors() - before).isLessThan(10);
        for (ContentAppend append : appends) {
            append.write(ascii(" more"));
            assertThat(append.offset()).isEqualTo(9);
            append.idle();
        }
        assertThat(descriptors() - before).isLessThan(10);
        assertThat(text(appends.get(0).flush(), 0, 9)).isEqualTo("some more");
        for (ContentAppend append : appends) {
            append.close();
        }
        assertThat(descriptors() - before).isLessThan(10);
    }

    @Test
    void failsAndLeavesNoHoleWhenTheFileGoesDuringAPause() throws IOException {
        ContentReference reference;
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(ascii("abc"));
            reference = append.flush();
            append.idle();
            Files.delete(fileOf(id));

            assertThatExceptionOfType(ContentLostException.class)
                    .isThrownBy(() -> append.write(ascii("def")));
            assertThat(append.offset()).isEqualTo(3);
        }

        assertThat(fileOf(id)).doesNotExist();
        assertLost(reference, 0, 1);
    }

    @Test
    void noticesAFileThatIsShorterThanItWas() throws IOException {
        ContentReference reference = keep(id, random(3 << 20));
        try (RandomAccessFile file = new RandomAccessFile(fileOf(id).toFile(), "rw")) {
            file.setLength(2 << 20);
        }

        assertLost(reference, 0, 3 << 20);
        assertThat(read(reference, 0, 2 << 20)).hasSize(2 << 20);
    }

    @Test
    void goesOnAfterAnInterrupt() throws IOException {
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(ascii("abc"));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClosedByInterruptException.class)
                    .isThrownBy(() -> append.write(ascii("def")));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(append.offset()).isEqualTo(3);

            append.write(ascii("def"));
            assertThat(text(append.flush(), 0, 6)).isEqualTo("abcdef");
        }
    }

    @Test
    void doesNotMakeTheRootAgainWhenItHasGone() throws IOException {
        Files.delete(root);

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> append.write(ascii("a")));
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void letsOnlyTheOwnerReadIt() throws IOException {
        assumeTrue(
                root.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "SKIPPED: no POSIX permissions here");
        keep(id, random(1));

        String name = id.value();
        Path outer = root.resolve(name.substring(0, 2));
        assertThat(permissions(fileOf(id))).isEqualTo("rw-------");
        for (Path parent : List.of(root, outer)) {
            assertThat(permissions(parent)).as(parent.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void readsNoContentOfAnotherStore() {
        for (String reference : new String[] {"", "../../etc/passwd", "s3:bucket/key"}) {
            assertLost(new ContentReference(reference), 0, 1);
        }
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        keep(id, random(5));
        List<Path> foreign =
                List.of(
                        fileOf(id).resolveSibling("notes.txt"),
                        fileOf(id).resolveSibling(id + ".bak"),
                        root.resolve("lost+found"),
                        root.resolve("zz/00").resolve(UploadId.random().value()),
                        root.resolve("00/README"),
                        inAnotherShard());
        for (Path file : foreign) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "mine");
        }
        Path directory = Files.createDirectories(fileOf(UploadId.random()));

        int deleted =
                store.deleteOrphans(
                        Instant.now().plus(Duration.ofMinutes(1)),
                        _ -> new ContentClaims.Nothing());

        assertThat(deleted).isOne();
        assertThat(fileOf(id)).doesNotExist();
        assertThat(foreign).allSatisfy(file -> assertThat(file).hasContent("mine"));
        assertThat(directory).isDirectory();
    }

    @Test
    void tellsTheAgeOfContentByItsLastWrite() throws IOException {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        keep(id, random(5));
        Files.setLastModifiedTime(fileOf(id), FileTime.from(then));

        assertThat(store.deleteOrphans(then, _ -> new ContentClaims.Nothing())).isZero();
        assertThat(store.deleteOrphans(then.plusSeconds(1), _ -> new ContentClaims.Nothing()))
                .isOne();
    }

    private Path inAnotherShard() {
        String name = UploadId.random().value();
        return root.resolve(name.startsWith("00") ? "11" : "00").resolve("00").resolve(name);
    }

    private Path fileOf(UploadId upload) {
        String name = upload.value();
        return root.resolve(name.substring(0, 2)).resolve(name);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }
}
