package io.longhaul.server.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that the server keeps everything in, held against a second server until it is
 * closed. A marker file tells it from a directory that is somebody else's.
 */
public final class DataDirectory implements Closeable {

    private static final String MARKER = "longhaul-data";
    private static final String NEW = ".new";
    private static final String LOCK = "longhaul.lock";
    private static final int FORMAT = 1;

    // What may be there before the marker is; the last one is what an empty disk has.
    private static final Set<String> BEFORE_MARKER = Set.of(LOCK, MARKER + NEW, "lost+found");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the directory where it does not exist, checks it and locks it.
     *
     * @throws StartupException when it cannot be used
     */
    public static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            create(path);
            refuseForeign(path);
            FileChannel lock = lock(path);
            try {
                checkFormat(path);
                // Before anything is kept here: without its marker it would be somebody else's.
                force(path);
                return new DataDirectory(path, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartupException(
                    "The data directory %s cannot be created, read or written: %s."
                            .formatted(path, reason(e)),
                    "Let the user that runs the server write there, or set longhaul.data-dir to"
                            + " another directory.",
                    e);
        }
    }

    private static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        Files.createDirectory(path, ownerOnly(path));
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void refuseForeign(Path path) throws IOException {
        if (Files.exists(path.resolve(MARKER))) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<String> foreign =
                    entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> !BEFORE_MARKER.contains(name))
                            .sorted()
                            .toList();
            if (!foreign.isEmpty()) {
                throw new StartupException(
                        "The directory %s is not empty and was not made by Longhaul: it has '%s'."
                                .formatted(path, foreign.getFirst()),
                        "Set longhaul.data-dir to an empty or a new directory.");
            }
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) { // held in this process: the same answer
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new StartupException(
                "The data directory %s is in use by another Longhaul server that is running."
                        .formatted(path),
                "Stop that server, or set longhaul.data-dir to another directory for this one.");
    }

    private static void checkFormat(Path path) throws IOException {
        Path marker = path.resolve(MARKER);
        if (!Files.exists(marker)) {
            forceDirectoriesAbove(path);
            write(marker, "format %d".formatted(FORMAT));
            return;
        }
        String text = Files.readString(marker).strip();
        if (!text.matches("format \\d{1,9}")) {
            throw new StartupException(
                    "The file %s says '%s' where it should say 'format %d'."
                            .formatted(marker, text, FORMAT),
                    "Restore the file, or set longhaul.data-dir to another directory.");
        }
        int format = Integer.parseInt(text.substring("format ".length()));
        if (format > FORMAT) {
            throw new StartupException(
                    "The data directory %s has format %d, and this server knows formats up to %d."
                            .formatted(path, format, FORMAT),
                    "Start the newer server that wrote it, or set longhaul.data-dir to another"
                            + " directory.");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + NEW);
        try (FileChannel channel =
                FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("%s%n".formatted(text).getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        try {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) { // it is complete, and nobody else is here
            Files.move(written, file);
        }
    }

    /** Whichever were made for it: also by a process that died before it got here. */
    private static void forceDirectoriesAbove(Path path) throws IOException {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            try {
                force(above);
            } catch (IOException _) { // then it, and those above, were there before
                return;
            }
        }
    }

    /** Makes the entries of a directory survive a power cut, where directories can be forced. */
    private static void force(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileAlreadyExistsException _ -> "a file is in its place";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            case java.nio.file.NoSuchFileException _ -> "no directory can be made there";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Its absolute path. */
    public Path path() {
        return path;
    }

    /**
     * Writes a line that survives a power cut, all of it or none.
     *
     * @param name of a file that is not there
     */
    void keep(String name, String line) throws IOException {
        write(path.resolve(name), line);
        force(path);
    }

    /** The line that is kept under a name. */
    Optional<String> kept(String name) throws IOException {
        Path file = path.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** Space that is left on its disk, in bytes. */
    public long usableBytes() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /** Lets another server have it. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
