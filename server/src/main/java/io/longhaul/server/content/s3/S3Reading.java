package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.StoreUnavailableException;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads through objects of the store. When a connection breaks it goes on over another one. */
final class S3Reading {

    private static final int BUFFER = 64 << 10;

    /** How often in a row the store may break off without having given a byte. */
    private static final int TRIES = 3;

    private final S3Bucket bucket;
    private final ContentSink sink;
    private final byte[] buffer;

    /**
     * @param count how many bytes are going to be read
     */
    S3Reading(S3Bucket bucket, long count, ContentSink sink) {
        this.bucket = bucket;
        this.sink = sink;
        buffer = new byte[(int) Math.min(BUFFER, count)];
    }

    void read(S3Content content, long position, long count) throws IOException {
        if (!content.readable() || Math.addExact(position, count) > content.length()) {
            throw new ContentLostException(
                    "%d bytes can be read, %d expected"
                            .formatted(
                                    content.readable() ? content.length() : 0, position + count));
        }
        long start = 0;
        for (S3Content.Piece piece : content.pieces().toList()) {
            long from = Math.max(position - start, 0);
            long to = Math.min(position + count - start, piece.length());
            if (from < to) {
                read(piece.key(), from, to);
            }
            start += piece.length();
        }
    }

    private void read(String key, long from, long to) throws IOException {
        long at = from;
        int failures = 0;
        while (at < to) {
            long reached = readSome(key, at, to);
            failures = reached > at ? 0 : failures + 1;
            if (failures == TRIES) {
                throw new StoreUnavailableException(
                        "the S3 store breaks off at byte %d of %s".formatted(at, key));
            }
            at = reached;
        }
    }

    /** Reads until the end, or until the connection breaks; how far it came. */
    private long readSome(String key, long from, long to) throws IOException {
        long at = from;
        try (InputStream bytes =
                bucket.open(key, from, to - from)
                        .orElseThrow(() -> new ContentLostException("there is no " + key))) {
            int count = fill(bytes, to - at);
            while (count > 0) {
                sink.accept(ByteBuffer.wrap(buffer, 0, count).asReadOnlyBuffer());
                at += count;
                count = fill(bytes, to - at);
            }
        }
        return at;
    }

    /** How many bytes came; none at the end and when the connection is broken. */
    private int fill(InputStream bytes, long most) {
        try {
            return most == 0 ? 0 : bytes.read(buffer, 0, (int) Math.min(buffer.length, most));
        } catch (IOException _) { // asked for again by the caller, over another connection
            return 0;
        }
    }
}
