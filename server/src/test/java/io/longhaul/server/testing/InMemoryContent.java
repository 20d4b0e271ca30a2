package io.longhaul.server.testing;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The bytes of one upload in blocks, so that they can be many. Thread-safe. */
final class InMemoryContent {

    private static final int BLOCK = 64 << 10;
    private static final byte[] ZEROS = new byte[BLOCK];

    /** By number; one that is missing is all zeros. */
    private final NavigableMap<Long, byte[]> blocks = new TreeMap<>();

    private long length;
    private long flushed;

    synchronized void write(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int within = (int) (length % BLOCK);
            int count = Math.min(bytes.remaining(), BLOCK - within);
            bytes.get(block(length), within, count);
            length += count;
        }
    }

    private byte[] block(long at) {
        return blocks.computeIfAbsent(at / BLOCK, _ -> new byte[BLOCK]);
    }

    synchronized void addZeros(long count) {
        length += count;
    }

    synchronized void flush() {
        flushed = length;
    }

    synchronized void cut(long newLength) {
        length = newLength;
        flushed = Math.min(flushed, newLength);
        blocks.tailMap((newLength + BLOCK - 1) / BLOCK).clear();
    }

    synchronized long length() {
        return length;
    }

    synchronized long flushed() {
        return flushed;
    }

    void requireFlushed(long end) throws ContentLostException {
        if (end > flushed()) {
            throw new ContentLostException(
                    "%d bytes are there, %d expected".formatted(flushed(), end));
        }
    }

    /** Gives a range that is there, block by block. */
    void read(long position, long count, ContentSink sink) throws IOException {
        long end = position + count;
        for (long at = position; at < end; ) {
            int within = (int) (at % BLOCK);
            int piece = (int) Math.min(BLOCK - within, end - at);
            sink.accept(copy(at, within, piece).asReadOnlyBuffer());
            at += piece;
        }
    }

    private synchronized ByteBuffer copy(long at, int within, int count) {
        ByteBuffer copy = ByteBuffer.allocate(count);
        return copy.put(blocks.getOrDefault(at / BLOCK, ZEROS), within, count).flip();
    }
}
