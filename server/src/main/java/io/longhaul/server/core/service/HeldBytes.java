package io.longhaul.server.core.service;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory in which bytes wait to be stored: all of a small upload until its last byte has
 * arrived and they are stored with its record, and what a slow one brings now and then. It is
 * bounded: what finds no room goes to the content store at once. Thread-safe.
 */
final class HeldBytes {

    /** What all requests together may hold of small uploads, and as much of slow ones. */
    static final long ROOM = 16L << 20;

    /** What is gathered of a slow upload. */
    static final int SOME = 1 << 10;

    private final long longestWhole;
    private final AtomicLong wholeRoom = new AtomicLong(ROOM);
    private final AtomicLong someRoom = new AtomicLong(ROOM);

    /**
     * @param longestWhole bytes of the longest upload that is kept in its record
     */
    HeldBytes(long longestWhole) {
        this.longestWhole = longestWhole;
    }

    /** Room for all bytes of an upload; empty when it is too long, or too much is held already. */
    Optional<ByteBuffer> takeWhole(long length) {
        return length > longestWhole ? Optional.empty() : take(wholeRoom, length);
    }

    /** Gives the room of a whole upload back; what the buffer holds may live on in a record. */
    void releaseWhole(ByteBuffer buffer) {
        wholeRoom.addAndGet(buffer.capacity());
    }

    /** Room for some bytes of a slow upload; empty when too much is held already. */
    Optional<ByteBuffer> takeSome() {
        return take(someRoom, SOME);
    }

    void releaseSome(ByteBuffer buffer) {
        someRoom.addAndGet(buffer.capacity());
    }

    private static Optional<ByteBuffer> take(AtomicLong room, long length) {
        if (room.addAndGet(-length) < 0) {
            room.addAndGet(length);
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocate((int) length));
    }
}
