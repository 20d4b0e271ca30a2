package io.longhaul.client.internal.store;

import io.longhaul.client.FileUrlStore;
import io.longhaul.client.StoredUpload;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory with one file for each upload, named by the digest of endpoint and fingerprint. Files
 * are replaced as a whole, so readers and crashes find the old one or the new one. Any number of
 * processes may use it at once. Thread-safe.
 */
public final class StoreDirectory {

    /** Far more than the headers of an HTTP request can carry. */
    private static final int MAX_BYTES = 1 << 20;

    /** A process that writes for longer than that is not alive any more. */
    private static final Duration TEMPORARY_FOR = Duration.ofDays(1);

    private static final String UPLOAD = ".upload";
    private static final String TEMPORARY = ".tmp";
    private static final Pattern TEMPORARY_NAME = Pattern.compile("[0-9a-f]{64}\\.\\d+\\.tmp");

    private final Path path;

    public StoreDirectory(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Empty when there is none, or none that can be read. */
    public Optional<StoredUpload> read(URI endpoint, String fingerprint) throws IOException {
        return read(file(name(endpoint, fingerprint)));
    }

    /** All that can be read, in no order. */
    public List<StoredUpload> readAll() throws IOException {
        List<StoredUpload> uploads = new ArrayList<>();
        if (Files.isDirectory(path)) {
            for (Path file : list(UPLOAD)) {
                read(file).ifPresent(uploads::add);
            }
        }
        return uploads;
    }

    /**
     * Writes or replaces the file of an upload. It is durable when this returns.
     *
     * @throws IllegalArgumentException if it is too large to be kept
     */
    public void write(StoredUpload upload) throws IOException {
        byte[] bytes = UploadText.write(upload);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the notes make " + bytes.length + " bytes, must be at most " + MAX_BYTES);
        }
        String name = name(upload.endpoint(), upload.fingerprint());
        create();
        // Readable by its owner only, as Java makes all temporary files.
        Path temporary = Files.createTempFile(path, name + ".", TEMPORARY);
        try {
            writeDurably(temporary, bytes);
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force();
    }

    /**
     * Removes the file of an upload, if there is one. Not forced: should a power cut bring it back,
     * the server still says what became of the upload.
     */
    public void remove(URI endpoint, String fingerprint) throws IOException {
        Files.deleteIfExists(file(name(endpoint, fingerprint)));
    }

    /** Claims a source; see {@link FileUrlStore#claim}. */
    public Optional<FileUrlStore.Claim> claim(URI endpoint, String fingerprint) throws IOException {
        create();
        return ClaimFile.claim(path.toRealPath(), name(endpoint, fingerprint));
    }

    /** Removes what processes left behind that died while they wrote, more than a day ago. */
    public void clean(Instant now) {
        try {
            for (Path file : list(TEMPORARY)) {
                if (isOlder(file, now.minus(TEMPORARY_FOR))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException notNow) {
            // No directory yet, or a file that is gone or of another user: nobody depends on this.
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        return TEMPORARY_NAME.matcher(file.getFileName().toString()).matches()
                && Files.getLastModifiedTime(file).toInstant().isBefore(time);
    }

    private List<Path> list(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private Optional<StoredUpload> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return UploadText.read(in.readNBytes(MAX_BYTES))
                    .filter(upload -> file.equals(file(upload)));
        } catch (NoSuchFileException | AccessDeniedException notForUs) {
            // Removed meanwhile, or written by another user.
            return Optional.empty();
        }
    }

    private Path file(StoredUpload upload) {
        return file(name(upload.endpoint(), upload.fingerprint()));
    }

    private Path file(String name) {
        return path.resolve(name + UPLOAD);
    }

    private static String name(URI endpoint, String fingerprint) {
        return Sha256.hex(endpoint + "\n" + fingerprint);
    }

    /** A directory that is there already keeps its mode: who made it knows why. */
    private void create() throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectories(path, ownerOnly());
    }

    private FileAttribute<?>[] ownerOnly() {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    /** By a stream and not a channel, which an interrupt of this thread would close. */
    private static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    private void force() {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException unsupported) {
            // Some platforms and file systems cannot: there a power cut may bring the old file
            // back, never a damaged one.
        }
    }
}
