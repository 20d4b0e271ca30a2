package io.longhaul.server.content.disk;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileStore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a reserve of the disk free, so that the catalog and the log can still write when content
 * can't. All appends share it; it looks at the disk once for every few MiB they write together.
 * Thread-safe.
 */
final class FreeSpace {

    private static final long LOOK_EVERY = 4L << 20;

    /** Less than this is no room: a file can't grow by a part of a block. */
    private static final long LEAST_ROOM = 64L << 10;

    private final FileStore disk;
    private final long reserve;

    /** How many bytes may be written before the next look. */
    private final AtomicLong granted = new AtomicLong();

    FreeSpace(FileStore disk, long reserve) {
        this.disk = disk;
        this.reserve = reserve;
    }

    /**
     * Says how much may be written now.
     *
     * @return from 1 to the wanted bytes
     * @throws StorageFullException when only the reserve is left
     */
    int grant(int wanted) throws IOException {
        long left = granted.getAndUpdate(before -> Math.max(0, before - wanted));
        return (int) Math.min(wanted, left > 0 ? left : look(wanted));
    }

    private long look(int wanted) throws IOException {
        long room = usable();
        if (room <= 0) {
            throw new StorageFullException(fullText());
        }
        granted.set(Math.max(0, Math.min(room, LOOK_EVERY) - wanted));
        return room;
    }

    /** The bytes that content may still take. */
    long usable() throws IOException {
        return Math.max(0, disk.getUsableSpace() - reserve);
    }

    /** The failure as it is, or as a {@link StorageFullException} when that is what it means. */
    IOException explain(IOException failure) {
        if (failure instanceof StorageFullException
                || failure instanceof ContentLostException
                || failure instanceof ClosedChannelException) {
            return failure;
        }
        return SystemErrors.saysFull(failure) || nothingLeft()
                ? new StorageFullException(fullText(), failure)
                : failure;
    }

    private boolean nothingLeft() {
        try {
            return disk.getUsableSpace() < LEAST_ROOM;
        } catch (IOException _) {
            return false; // then the failure speaks for itself
        }
    }

    private String fullText() {
        return "no room for more content: %d bytes of the disk are kept free".formatted(reserve);
    }
}
