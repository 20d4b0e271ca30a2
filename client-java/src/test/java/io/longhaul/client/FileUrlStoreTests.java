package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUrlStoreTests {

    private static final URI ENDPOINT = URI.create("https://example.org/files");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir private Path home;

    @Test
    void remembersAnUploadForLaterStores() throws IOException {
        store().set("a", url("/1"), Map.of("path", "/tmp/ä b.bin", "metadata.type", "x=y\n# z"));

        assertThat(store().get("a")).isEqualTo(url("/1"));
        assertThat(FileUrlStore.uploads(directory()))
                .containsExactly(
                        new StoredUpload(
                                ENDPOINT,
                                "a",
                                URI.create("https://example.org/files/1"),
                                START,
                                Map.of("path", "/tmp/ä b.bin", "metadata.type", "x=y\n# z")));
    }

    @Test
    void remembersNothingThatItWasNotTold() throws IOException {
        assertThat(store().get("a")).isNull();
        assertThat(FileUrlStore.uploads(directory())).isEmpty();
        store().remove("a");
        assertThat(directory()).doesNotExist();
    }

    @Test
    void forgetsWhatIsRemoved() throws IOException {
        FileUrlStore store = store();
        store.set("a", url("/1"));
        store.set("b", url("/2"));

        store.remove("a");

        assertThat(store.get("a")).isNull();
        assertThat(store.get("b")).isEqualTo(url("/2"));
    }

    @Test
    void keepsTheFirstTimeAndTheNotesOfAnUploadThatMoves() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(START);
        FileUrlStore store = new FileUrlStore(directory(), ENDPOINT, now::get);
        store.set("a", url("/1"), Map.of("path", "/tmp/a"));
        now.set(START.plusSeconds(60));

        store.set("a", url("/2"));

        StoredUpload moved = FileUrlStore.uploads(directory()).get(0);
        assertThat(moved.url()).isEqualTo(URI.create("https://example.org/files/2"));
        assertThat(moved.stored()).isEqualTo(START);
        assertThat(moved.notes()).containsExactly(Map.entry("path", "/tmp/a"));
        store.set("a", url("/3"), Map.of("length", "7"));
        moved = FileUrlStore.uploads(directory()).get(0);
        assertThat(moved.stored()).isEqualTo(START);
        assertThat(moved.notes()).containsExactly(Map.entry("length", "7"));
    }

    @Test
    void keepsEndpointsApartInOneDirectory() throws IOException {
        URI other = URI.create("https://example.net/files");
        FileUrlStore second = new FileUrlStore(directory(), other, () -> START.plusSeconds(1));
        store().set("a", url("/1"));
        assertThat(second.get("a")).isNull();

        second.set("a", new URL("https://example.net/files/2"));

        assertThat(store().get("a")).isEqualTo(url("/1"));
        assertThat(FileUrlStore.uploads(directory()))
                .extracting(StoredUpload::endpoint)
                .containsExactly(ENDPOINT, other);
    }

    @Test
    void listsTheOldestFirst() throws IOException {
        for (int second : List.of(3, 1, 2)) {
            new FileUrlStore(directory(), ENDPOINT, () -> START.plusSeconds(second))
                    .set("at " + second, url("/" + second));
        }

        assertThat(FileUrlStore.uploads(directory()))
                .extracting(StoredUpload::fingerprint)
                .containsExactly("at 1", "at 2", "at 3");
    }

    @Test
    void keepsFilesFromOtherUsers() throws IOException {
        store().set("a", url("/1"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void usesADirectoryThatIsReachedByALink() throws IOException {
        Path real = Files.createDirectory(home.resolve("real"));
        Files.createSymbolicLink(directory(), real);

        store().set("a", url("/1"));

        assertThat(new FileUrlStore(real, ENDPOINT).get("a")).isEqualTo(url("/1"));
        try (FileUrlStore.Claim claim = store().claim("a").orElseThrow()) {
            assertThat(claim).isNotNull();
            assertThat(new FileUrlStore(real, ENDPOINT).claim("a")).isEmpty();
        }
    }

    @Test
    void writesWhatPeopleCanRead() throws IOException {
        store().set("a", url("/1"), Map.of("path", "/tmp/ä"));

        assertThat(Files.readString(onlyFile()))
                .startsWith(
                        """
                        longhaul-upload 1
                        endpoint=https\\://example.org/files
                        fingerprint=a
                        note.path=/tmp/ä
                        stored=2026-11-21T10\\:00\\:00Z
                        url=https\\://example.org/files/1
                        sha-256\s""");
    }

    @Test
    void takesAFileThatWasCutAnywhereForNone() throws IOException {
        store().set("a", url("/1"), Map.of("path", "/tmp/a"));
        byte[] whole = Files.readAllBytes(onlyFile());
        for (int length = 0; length < whole.length; length++) {
            Files.write(onlyFile(), Arrays.copyOf(whole, length));
            assertThat(store().get("a")).as("cut to %d bytes", length).isNull();
        }
        assertThat(FileUrlStore.uploads(directory())).isEmpty();

        store().set("a", url("/2"));

        assertThat(store().get("a")).isEqualTo(url("/2"));
    }

    @Test
    void takesAFileWithAnyOtherByteForNone() throws IOException {
        store().set("a", url("/1"));
        byte[] whole = Files.readAllBytes(onlyFile());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x01;
            Files.write(onlyFile(), damaged);
            assertThat(store().get("a")).as("byte %d changed", at).isNull();
        }
    }

    @Test
    void passesOverFilesOfOthers() throws IOException {
        FileUrlStore store = store();
        store.set("a", url("/1"));
        Path file = onlyFile();
        Files.copy(file, directory().resolve("copied.upload"));
        Files.writeString(directory().resolve("a.upload"), "hello");
        Files.createDirectory(directory().resolve("directory.upload"));
        Files.writeString(directory().resolve("notes.txt"), "hello");

        assertThat(FileUrlStore.uploads(directory()))
                .extracting(StoredUpload::fingerprint)
                .containsExactly("a");
    }

    @Test
    void storesOnAnInterruptedThread() throws IOException {
        Thread.currentThread().interrupt();
        try {
            store().set("a", url("/1"));
            assertThat(store().get("a")).isEqualTo(url("/1"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void removesOldTemporaryFilesOnly() throws IOException {
        Files.createDirectory(directory());
        String name = "0".repeat(64);
        Path old = Files.writeString(directory().resolve(name + ".1.tmp"), "half a fi");
        Path recent = Files.writeString(directory().resolve(name + ".2.tmp"), "half a fi");
        Path foreign = Files.writeString(directory().resolve("other.tmp"), "mine");
        Files.setLastModifiedTime(old, FileTime.from(START.minusSeconds(100_000)));
        Files.setLastModifiedTime(recent, FileTime.from(START.minusSeconds(80_000)));
        Files.setLastModifiedTime(foreign, FileTime.from(START.minusSeconds(100_000)));

        store().set("a", url("/1"));

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(foreign).exists();
    }

    @Test
    void refusesWhatCannotBeKept() throws IOException {
        FileUrlStore store = store();
        URL noUri = new URL("https://example.org/a b");
        Map<String, String> tooMuch = Map.of("note", "x".repeat(1 << 20));

        assertThatIllegalArgumentException().isThrownBy(() -> store.set("a", noUri));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.set("a", url("/1"), tooMuch))
                .withMessageContaining("must be at most 1048576");
        assertThat(FileUrlStore.uploads(directory())).isEmpty();
    }

    @Test
    void failsWhenTheDirectoryCannotBeMade() throws IOException {
        Files.writeString(directory(), "a file");

        assertThatThrownBy(() -> store().set("a", url("/1")))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> store().claim("a")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void keepsFingerprintsApartThatAreNoFileNames() throws IOException {
        List<String> fingerprints = List.of("", "/", "../a", "ä\0", "x".repeat(5000), "a\nb");
        for (String fingerprint : fingerprints) {
            store().set(fingerprint, url("/" + fingerprints.indexOf(fingerprint)));
        }

        for (String fingerprint : fingerprints) {
            assertThat(store().get(fingerprint))
                    .isEqualTo(url("/" + fingerprints.indexOf(fingerprint)));
        }
        assertThat(home).isDirectoryNotContaining(file -> !file.equals(directory()));
    }

    @Test
    void encodesInUtf8() throws IOException {
        store().set("ä", url("/1"));

        assertThat(Files.readAllBytes(onlyFile()))
                .containsSequence("fingerprint=ä\n".getBytes(StandardCharsets.UTF_8));
    }

    private FileUrlStore store() {
        return new FileUrlStore(directory(), ENDPOINT, () -> START);
    }

    private Path directory() {
        return home.resolve("uploads");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static URL url(String path) throws IOException {
        return new URL("https://example.org/files" + path);
    }
}
