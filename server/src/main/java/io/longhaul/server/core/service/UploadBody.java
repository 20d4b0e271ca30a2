package io.longhaul.server.core.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The bytes of one request, as they arrive. Read by one thread; {@link #wake} may be called by any.
 */
public interface UploadBody {

    /** What there is to read. */
    sealed interface Piece {}

    /**
     * Some bytes.
     *
     * @param buffer readable until the next piece is asked for
     */
    record Bytes(ByteBuffer buffer) implements Piece {}

    /** Nothing has arrived within the patience, or somebody called {@link #wake}. */
    record Nothing() implements Piece {}

    /** The body has ended as it should. */
    record End() implements Piece {}

    /**
     * Waits for the next bytes.
     *
     * @param patience how long to wait at most
     * @throws IOException when the body was cut: the connection broke, was idle or slow for too
     *     long, or broke the rules of its framing
     */
    Piece next(Duration patience) throws IOException;

    /**
     * Like {@link #next}, for a reader that need not have a few bytes at once: they are gathered,
     * without waking it, until there are enough of them or its patience ends.
     *
     * @param arrived called by any thread when some have come
     */
    default Piece gather(Duration patience, Runnable arrived) throws IOException {
        return next(patience);
    }

    /** Makes a waiting {@link #next}, or else the next one that would wait, return at once. */
    void wake();

    /** How many bytes the request says it has; empty when it does not say. */
    OptionalLong length();
}
