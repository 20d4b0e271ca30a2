package io.longhaul.server.content.disk;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentSink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Gives a range of a file to a sink. A long range is mapped slice by slice, which saves a copy; a
 * short one is copied, because to unmap costs more than to copy some hundred KiB.
 */
final class FileReading {

    private static final long MAP_FROM = 1L << 20;
    private static final long SLICE = 8L << 20;
    private static final int COPY_BUFFER = 64 << 10;

    private FileReading() {}

    /** Reads a range that the caller knows to be there: nothing cuts committed bytes off. */
    static void read(FileChannel file, long position, long count, ContentSink sink)
            throws IOException {
        if (count < MAP_FROM) {
            copy(file, position, count, sink);
        } else {
            map(file, position, count, sink);
        }
    }

    private static void map(FileChannel file, long position, long count, ContentSink sink)
            throws IOException {
        long end = position + count;
        for (long at = position; at < end; at += SLICE) {
            // Shared, as the sink may have other threads write the buffer to a socket.
            try (Arena arena = Arena.ofShared()) {
                long length = Math.min(SLICE, end - at);
                sink.accept(
                        file.map(MapMode.READ_ONLY, at, length, arena).asReadOnly().asByteBuffer());
            }
        }
    }

    private static void copy(FileChannel file, long position, long count, ContentSink sink)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(COPY_BUFFER, count));
        long end = position + count;
        for (long at = position; at < end; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            int length = file.read(buffer, at);
            if (length < 0) {
                throw new ContentLostException("content ends at %d, not %d".formatted(at, end));
            }
            sink.accept(buffer.flip().asReadOnlyBuffer());
            at += length;
        }
    }
}
