package io.longhaul.server.core.content;

import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Knows what content is needed, for a store that looks for orphans. */
@FunctionalInterface
public interface ContentClaims {

    /** What is known of an upload's content. */
    sealed interface Claim {}

    /** No record needs any of it. */
    record Nothing() implements Claim {}

    /**
     * The upload has a record, so that at least this is needed.
     *
     * @param reference null while the record names no content
     */
    record Named(@Nullable ContentReference reference) implements Claim {}

    /** More of it is being written, which no record may name yet. */
    record Growing() implements Claim {}

    Claim of(UploadId id) throws IOException;
}
