package io.longhaul.client.internal.source;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A moving window of a file in memory, whose bytes go to a socket without being copied: half the
 * processor time of reading. Windows are freed with the garbage; while too many are not, there is
 * none to be had, and the file is read, which makes garbage.
 */
final class MappedWindow {

    private static final int LENGTH = 64 << 20;
    private static final int MIN_FILE = 1 << 20;
    private static final int MAX_LIVE = 8;
    private static final AtomicInteger LIVE = new AtomicInteger();
    private static final Cleaner CLEANER = Cleaner.create();

    /** Windows keeps a file that is mapped anywhere from being deleted or cut. */
    private static final boolean SUPPORTED =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final @Nullable FileChannel file;
    private final long length;
    private @Nullable MappedByteBuffer current;
    private long start;

    private MappedWindow(@Nullable FileChannel file, long length) {
        this.file = file;
        this.length = length;
    }

    static MappedWindow of(FileChannel file, long length) {
        return SUPPORTED && length >= MIN_FILE ? new MappedWindow(file, length) : none();
    }

    static MappedWindow none() {
        return new MappedWindow(null, 0);
    }

    /**
     * Bytes of the file, fewer than {@code max} at the end of the window; empty when there is none.
     */
    Optional<ByteBuffer> bytes(long position, int max) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        if (current == null || position < start || position >= start + current.capacity()) {
            current = map(file, position);
            start = position;
        }
        if (current == null) {
            return Optional.empty();
        }
        int from = (int) (position - start);
        return Optional.of(current.slice(from, Math.min(max, current.capacity() - from)));
    }

    private @Nullable MappedByteBuffer map(FileChannel file, long position) throws IOException {
        // Behind the end there is nothing to map: reading says what happened to the file.
        long available = Math.min(length, file.size()) - position;
        if (available <= 0 || LIVE.incrementAndGet() > MAX_LIVE) {
            if (available > 0) {
                LIVE.decrementAndGet();
            }
            return null;
        }
        MappedByteBuffer window =
                file.map(FileChannel.MapMode.READ_ONLY, position, Math.min(LENGTH, available));
        CLEANER.register(window, LIVE::decrementAndGet);
        return window;
    }
}
