package io.longhaul.server.web;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a slow body has brought while its reader sleeps on. One thread fills it while it is open,
 * another opens and empties it. Thread-safe.
 */
final class GatheredBytes {

    /** For so many bytes nobody is woken. */
    static final int SIZE = 2 << 10;

    private @Nullable ByteBuffer bytes;
    private @Nullable Runnable arrived;

    /**
     * Takes bytes from now on.
     *
     * @param told of each that come
     */
    synchronized void open(Runnable told) {
        arrived = told;
        if (bytes != null) {
            bytes.clear();
        }
    }

    synchronized boolean isOpen() {
        return arrived != null;
    }

    /** Takes all of some bytes; or none, and returns false, when it is closed or has no room. */
    synchronized boolean put(ByteBuffer some) {
        int room = bytes == null ? SIZE : bytes.remaining();
        if (arrived == null || some.remaining() > room) {
            return false;
        }
        ByteBuffer into = bytes == null ? ByteBuffer.allocate(SIZE) : bytes;
        bytes = into.put(some);
        arrived.run();
        return true;
    }

    /** Takes no more; what there is, readable until the next opening. */
    synchronized Optional<ByteBuffer> close() {
        ByteBuffer all = arrived == null ? null : bytes;
        arrived = null;
        return all == null || all.position() == 0 ? Optional.empty() : Optional.of(all.flip());
    }
}
