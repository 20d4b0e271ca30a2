package io.longhaul.server.core.content;

import io.longhaul.server.core.upload.ContentReference;
import org.jspecify.annotations.Nullable;

/**
 * Where an upload stands when more of it is appended.
 *
 * @param reference what the record names; null while it has no content
 * @param offset the record's, stored together with the reference
 * @param length of the whole upload in bytes; null while it is not known
 */
public record ContentPlace(
        @Nullable ContentReference reference, long offset, @Nullable Long length) {

    /** Before the first byte of an upload whose length is not known. */
    public static final ContentPlace START = new ContentPlace(null, 0, null);
}
