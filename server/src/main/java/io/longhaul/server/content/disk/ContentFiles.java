package io.longhaul.server.content.disk;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The files of a store: {@code ab/<id>} under the root, where {@code ab} are the first digits of
 * the id. Only the owner of the process may read them. Shard directories are never removed, so
 * nobody can lose one under a file that is about to be made. Thread-safe.
 */
final class ContentFiles {

    private static final int SHARD_DIGITS = 2;
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> REOPEN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path root;
    private final boolean posix;
    private final boolean forces;
    private final ForcedDirectories directories;

    ContentFiles(Path directory, Durability durability) throws IOException {
        root = directory.toAbsolutePath().normalize();
        posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        forces = durability == Durability.POWER_LOSS;
        directories = new ForcedDirectories(root);
        Files.createDirectories(root, ownerOnly("rwx------"));
        Path above = root.getParent();
        if (forces && posix && above != null) {
            ForcedDirectories.force(above);
        }
    }

    Path root() {
        return root;
    }

    /** Whether what is flushed is forced to the disk. */
    boolean forces() {
        return forces;
    }

    Path of(UploadId id) {
        return shard(id).resolve(id.value());
    }

    private Path shard(UploadId id) {
        return root.resolve(id.value().substring(0, SHARD_DIGITS));
    }

    /** How many bytes are there; zero when there is no file. */
    long length(UploadId id) throws IOException {
        try {
            return Files.size(of(id));
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /** Opens the file for reading and writing; makes it, and its directories, when needed. */
    FileChannel create(UploadId id) throws IOException {
        Path file = of(id);
        try {
            return FileChannel.open(file, CREATE, ownerOnly("rw-------"));
        } catch (NoSuchFileException _) {
            createDirectory(shard(id));
            return FileChannel.open(file, CREATE, ownerOnly("rw-------"));
        }
    }

    /** Opens a file that must be there, for reading and writing. */
    FileChannel reopen(UploadId id, long length) throws IOException {
        return checked(id, REOPEN, length);
    }

    /** Opens a file that must be there, for reading. */
    FileChannel read(UploadId id, long length) throws IOException {
        return checked(id, Set.of(StandardOpenOption.READ), length);
    }

    private FileChannel checked(UploadId id, Set<OpenOption> options, long length)
            throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(of(id), options);
        } catch (NoSuchFileException _) {
            throw lost(id, 0, length);
        }
        try {
            requireLength(id, channel.size(), length);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static void requireLength(UploadId id, long actual, long expected) throws IOException {
        if (actual < expected) {
            throw lost(id, actual, expected);
        }
    }

    private static ContentLostException lost(UploadId id, long actual, long expected) {
        return new ContentLostException(
                "upload %s has %d bytes on disk, %d expected".formatted(id, actual, expected));
    }

    /** Drops what lies beyond the length; an empty file goes altogether. */
    void cut(UploadId id, long length) throws IOException {
        if (length == 0) {
            Files.deleteIfExists(of(id));
            return;
        }
        try (FileChannel channel = FileChannel.open(of(id), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (NoSuchFileException _) {
            // Deleted meanwhile: there is nothing left to drop.
        }
    }

    /** Makes what was written durable, as far as the store is asked to. */
    void force(UploadId id, FileChannel channel, boolean withEntry) throws IOException {
        if (!forces) {
            return;
        }
        channel.force(false);
        if (withEntry && posix) {
            directories.forceEntry(of(id));
        }
    }

    /** Never makes the root: when that has gone, a disk is not mounted. */
    private void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException _) {
            // Another upload was first.
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
