package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Bytes of which the first may be in the store already, and the others are in memory.
 *
 * @param stored objects, in order
 * @param from the position in memory behind them
 */
record PartBody(S3Bucket bucket, List<S3Content.Piece> stored, SlabBytes memory, long from)
        implements S3Body {

    @Override
    public long length() {
        return stored.stream().mapToLong(S3Content.Piece::length).sum() + memory.length() - from;
    }

    @Override
    public InputStream open() {
        return stored.isEmpty() ? memory.open(from) : new Chain();
    }

    private InputStream opened(S3Content.Piece piece) throws IOException {
        return bucket.open(piece.key(), 0, piece.length())
                .orElseThrow(
                        () -> new ContentLostException("there is no " + piece.key() + " any more"));
    }

    /** Opens each object when those before it have been read. */
    private final class Chain extends InputStream {

        private final Deque<S3Content.Piece> next = new ArrayDeque<>(stored);
        private InputStream present = InputStream.nullInputStream();
        private boolean last;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = present.read(target, offset, count);
            while (read < 0 && !last) {
                present.close();
                last = next.isEmpty();
                present = last ? memory.open(from) : opened(next.removeFirst());
                read = present.read(target, offset, count);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            present.close();
        }
    }
}
