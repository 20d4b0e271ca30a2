package io.longhaul.server.core.content;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes bytes that a content store reads. */
@FunctionalInterface
public interface ContentSink {

    /**
     * Takes all remaining bytes of the buffer, which is the caller's again on return. Until then
     * any thread may read it; nobody may write to it.
     *
     * @throws IOException when they can't be taken; the reading ends
     */
    void accept(ByteBuffer bytes) throws IOException;
}
