package io.longhaul.client.internal.store;

import io.longhaul.client.FileUrlStore.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one file of a directory that claims are locks on: each claim locks the byte whose position is
 * the digest of its name, far beyond the end of the empty file. So no lock file is ever left over,
 * and none is removed while another process is about to lock it. The operating system lets go of a
 * dead process's locks.
 */
final class ClaimFile {

    private static final String NAME = "claims.lock";

    /**
     * The files that this process has claims on. POSIX drops all locks that a process has on a file
     * when it closes any descriptor of that file, so there must be one only, closed at the last.
     */
    private static final Map<Path, ClaimFile> OPEN = new HashMap<>();

    private final Path path;
    private final FileChannel channel;
    private int claims;

    private ClaimFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Claims a name, if no other claim on it is open in any process.
     *
     * @param directory its real path
     * @param name hexadecimal digits, at least 16
     */
    static Optional<Claim> claim(Path directory, String name) throws IOException {
        // Two bits less, so that position and length stay positive.
        long position = Long.parseUnsignedLong(name.substring(0, 16), 16) >>> 2;
        synchronized (OPEN) {
            Path path = directory.resolve(NAME);
            ClaimFile file = OPEN.get(path);
            if (file == null) {
                file = new ClaimFile(path);
                OPEN.put(path, file);
            }
            try {
                return Optional.ofNullable(file.lock(position));
            } finally {
                file.closeIfUnused();
            }
        }
    }

    private @Nullable Claim lock(long position) throws IOException {
        try {
            FileLock lock = channel.tryLock(position, 1, false);
            if (lock == null) {
                return null;
            }
            claims++;
            return () -> release(lock);
        } catch (OverlappingFileLockException claimedHere) {
            return null;
        }
    }

    private void release(FileLock lock) {
        synchronized (OPEN) {
            if (lock.isValid()) {
                try {
                    lock.release();
                    claims--;
                    closeIfUnused();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void closeIfUnused() throws IOException {
        if (claims == 0) {
            OPEN.remove(path);
            channel.close();
        }
    }
}
