package io.longhaul.server.web;

/**
 * How much is asked for in one read of a connection: little while requests are small or slow, so
 * that thousands that wait need little memory, and much while bytes arrive faster than they are
 * read, as large reads halve the system time for each byte. Not thread-safe.
 */
final class ReadSize {

    /** Enough for the headers and all bytes of a small upload. */
    static final int FIRST = 16 << 10;

    /** For a body that trickles: behind a slow disk thousands of them hold what they have read. */
    static final int SMALLEST = 1 << 10;

    static final int LARGEST = 256 << 10;

    private static final int STEP = 4;

    private int bytes = FIRST;

    /** How many bytes to ask for next. */
    int bytes() {
        return bytes;
    }

    /** Whether reads have been full. */
    boolean isLarge() {
        return bytes > FIRST;
    }

    /**
     * Learns from a read. Little that was there at once says only that the reader is fast: with a
     * larger buffer it finds more the next time.
     *
     * @param count bytes that it brought
     * @param waited whether there was nothing to read before
     */
    void read(long count, boolean waited) {
        if (count >= bytes) {
            bytes = Math.min(bytes * STEP, LARGEST);
        } else if (waited && count < bytes / STEP) {
            bytes = Math.max(bytes / STEP, SMALLEST);
        }
    }
}
