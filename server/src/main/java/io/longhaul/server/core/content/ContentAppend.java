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
     * Writes all remaining bytes of the buffer, direct or not and of any length, behind those
     * written before. On return and after a failure the buffer's position is behind the last byte
     * that {@link #offset} counts.
     *
     * @throws StorageFullException when there was no room for all of them; {@link #offset} counts
     *     those that fitted, which can be flushed; when there is room again, writing can go on
     * @throws IOException when the store fails; {@link #offset} counts what was written
     */
    void write(ByteBuffer bytes) throws IOException;

    /** The offset behind the last byte written, in bytes from the start of the upload. */
    long offset();

    /**
     * Makes all that was written as durable as the store is configured to. Cheap when nothing was
     * written since the last time.
     *
     * @return what the record has to name from now on, together with {@link #offset}; also when
     *     nothing was ever written, as content without bytes
     * @throws IOException when the store fails: nothing written since the last flush may be
     *     committed, and the append can only be closed
     */
    ContentReference flush() throws IOException;

    /**
     * What a record may name.
     *
     * @param offset behind the last byte of it
     */
    record Checkpoint(long offset, ContentReference reference) {}

    /**
     * A flush of which nobody needs everything: of as many bytes as can be had without waiting for
     * others that are on their way; of all when there are none of those.
     *
     * @return more than the last flush or checkpoint had, when something was written since
     * @throws IOException as {@link #flush}
     */
    default Checkpoint checkpoint() throws IOException {
        return new Checkpoint(offset(), flush());
    }

    /**
     * Says that the record names what the last flush or checkpoint returned: what only an earlier
     * reference named can go. Not to be called when that is not certain. What can't be deleted now
     * is left to the search for orphans.
     */
    void committed();

    /**
     * Says that no bytes are arriving now: releases what is costly to hold. It flushes nothing and
     * loses nothing; the next call goes on as if there had been no pause.
     */
    void idle() throws IOException;

    /**
     * Releases all resources. What was not flushed is not kept, and takes no space any more. A
     * second call does nothing; any other call but {@link #offset} throws an {@link IOException}.
     */
    @Override
    void close() throws IOException;
}
