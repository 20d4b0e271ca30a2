package io.longhaul.client.internal.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Bytes that are being uploaded. For one request at a time. */
public interface OpenContent extends Closeable {

    /** Bytes in all; empty while a stream has not ended. */
    OptionalLong length();

    /** Whether any byte can be read at any time. */
    boolean seekable();

    /**
     * Gets bytes ready to be sent, and finds out whether the content ends with them.
     *
     * @param offset where the server is: bytes before it are not asked for again
     * @param max at most so many
     * @return how many are ready; 0 only at the end
     * @throws io.longhaul.client.UploadLostException if a stream is beyond this offset
     * @throws io.longhaul.client.SourceChangedException if a stream ends too early
     */
    long prepare(long offset, long max) throws IOException;

    /**
     * Bytes that were made ready: at least one, at most {@code max}. The buffer stays as it is.
     *
     * @throws io.longhaul.client.SourceChangedException if they are not there any more
     */
    ByteBuffer bytes(long position, int max) throws IOException;

    /**
     * Checks that the source is still what it was at first.
     *
     * @throws io.longhaul.client.SourceChangedException if it is not
     */
    void verify() throws IOException;
}
