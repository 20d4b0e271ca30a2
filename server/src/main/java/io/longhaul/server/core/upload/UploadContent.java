package io.longhaul.server.core.upload;

import java.nio.ByteBuffer;

/** Where the bytes of an upload are. */
public sealed interface UploadContent {

    /** In the content store. */
    record Stored(ContentReference reference) implements UploadContent {}

    /**
     * In the record itself: all bytes of an upload that has few of them.
     *
     * @param bytes from position to limit; never changed
     */
    record Inline(ByteBuffer bytes) implements UploadContent {

        public Inline {
            bytes = bytes.asReadOnlyBuffer();
        }

        /** The bytes, in a buffer of the caller's own. */
        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate();
        }
    }
}
