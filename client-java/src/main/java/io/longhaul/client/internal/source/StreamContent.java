package io.longhaul.client.internal.source;

import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UploadLostException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stream, read once. Keeps the bytes of one request until the server has them, so that they can
 * be sent again.
 */
final class StreamContent implements Content, OpenContent {

    private static final int FIRST_KEPT = 64 << 10;
    private static final int MAX_KEPT = 1 << 30;

    private final InputStream stream;
    private final Optional<String> fingerprint;
    private final boolean closing;
    private OptionalLong length;
    private byte[] kept = new byte[0];
    private long start;
    private int count;

    /**
     * @param length of the stream, when it is known
     * @param closing whether the stream is closed when the upload has ended
     */
    StreamContent(
            InputStream stream,
            OptionalLong length,
            Optional<String> fingerprint,
            boolean closing) {
        this.stream = stream;
        this.length = length;
        this.fingerprint = fingerprint;
        this.closing = closing;
    }

    @Override
    public Optional<String> fingerprint() {
        return fingerprint;
    }

    @Override
    public Map<String, String> notes() {
        return Map.of();
    }

    @Override
    public OpenContent open(boolean mapped) {
        return this;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public boolean seekable() {
        return false;
    }

    @Override
    public long prepare(long offset, long max) throws IOException {
        if (offset < start) {
            throw new UploadLostException(
                    "the server is at offset "
                            + offset
                            + ", and a stream cannot be read again from before "
                            + start);
        }
        drop(offset);
        int wanted = (int) Math.min(max, MAX_KEPT - 1);
        if (length.isEmpty()) {
            // One more than is sent, to know whether this is the end.
            readUpTo(wanted + 1);
        } else {
            readUpTo((int) Math.min(wanted, length.getAsLong() - start));
        }
        return Math.min(wanted, count);
    }

    @Override
    public ByteBuffer bytes(long position, int max) {
        int from = (int) (position - start);
        return ByteBuffer.wrap(kept, from, Math.min(max, count - from)).asReadOnlyBuffer();
    }

    @Override
    public void verify() {
        // What was read once cannot change.
    }

    @Override
    public void close() {
        // The upload may go on later, with the same stream.
    }

    @Override
    public void release() throws IOException {
        if (closing) {
            stream.close();
        }
    }

    @Override
    public String toString() {
        return "the stream";
    }

    /** Forgets bytes that the server has; skips those that were not even read. */
    private void drop(long offset) throws IOException {
        long dropped = Math.min(count, offset - start);
        // The network may still hold buffers of the old array: it is left to them as it is.
        kept = Arrays.copyOfRange(kept, (int) dropped, count);
        count -= (int) dropped;
        start += dropped;
        if (start < offset) {
            skip(offset);
        }
    }

    private void skip(long offset) throws IOException {
        try {
            stream.skipNBytes(offset - start);
        } catch (EOFException e) {
            throw new SourceChangedException(
                    "the stream ends before offset " + offset + ", where the server is", e);
        }
        start = offset;
    }

    private void readUpTo(int wanted) throws IOException {
        while (count < wanted) {
            if (count == kept.length) {
                kept = Arrays.copyOf(kept, Math.min(wanted, Math.max(FIRST_KEPT, count * 2)));
            }
            int read = stream.read(kept, count, Math.min(kept.length, wanted) - count);
            if (read < 0) {
                ended();
                return;
            }
            count += read;
        }
    }

    private void ended() {
        long total = start + count;
        if (length.isPresent() && length.getAsLong() != total) {
            throw new SourceChangedException(
                    "the stream ended at " + total + " of " + length.getAsLong() + " bytes");
        }
        length = OptionalLong.of(total);
    }
}
