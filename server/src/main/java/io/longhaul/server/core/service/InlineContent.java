package io.longhaul.server.core.service;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory in which small uploads wait until their last byte has arrived and their record is
 * stored together with them. It is bounded: what finds no room goes to the content store.
 * Thread-safe.
 */
final class InlineContent {

    /** What all requests together may hold. */
    static final long ROOM = 16L << 20;

    private final long maxLength;
    private final AtomicLong room = new AtomicLong(ROOM);

    /**
     * @param maxLength bytes of the longest upload that is kept in its record
     */
    InlineContent(long maxLength) {
        this.maxLength = maxLength;
    }

    /** Room for all bytes of an upload; empty when it is too long, or too much is held already. */
    Optional<ByteBuffer> take(long length) {
        if (length > maxLength) {
            return Optional.empty();
        }
        if (room.addAndGet(-length) < 0) {
            room.addAndGet(length);
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocate((int) length));
    }

    /** Gives the room of a buffer back; what it holds may live on in a record. */
    void release(ByteBuffer buffer) {
        room.addAndGet(buffer.capacity());
    }
}
