package io.longhaul.server.core.content;

import io.longhaul.server.core.upload.ContentReference;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Adds bytes behind an offset. Used by one thread at a time. What was written counts only once
 * {@link #flush} returned and the catalog accepted the new offset: until then it may be lost or
 * written again, and it is never read.
 */
public interface ContentAppend extends Closeable {

    /**
     * Writes all remaining bytes of the buffer behind those written before.
     *
     * @throws StorageFullException when there was no room for all of them; {@link #offset} counts
     *     those that fitted, which can be flushed
     * @throws IOException when the store fails; {@link #offset} counts what was written
     */
    void write(ByteBuffer bytes) throws IOException;

    /** The offset behind the last byte written, in bytes from the start of the upload. */
    long offset();

    /**
     * Makes all that was written as durable as the store is configured to. Cheap when nothing was
     * written since the last time.
     *
     * @return what the record has to name from now on
     */
    ContentReference flush() throws IOException;

    /**
     * Reads back what this append wrote, flushed or not.
     *
     * @param from an offset not before the one the append was opened at
     */
    void readBack(long from, ContentSink sink) throws IOException;

    /**
     * Says that no bytes are arriving now: releases what is costly to hold. The next call takes it
     * up again.
     */
    void idle() throws IOException;

    /** Releases all resources. What was not flushed is not kept. */
    @Override
    void close() throws IOException;
}
