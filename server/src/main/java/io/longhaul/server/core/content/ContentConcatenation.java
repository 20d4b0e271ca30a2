package io.longhaul.server.core.content;

import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What some content stores can do: make content of other content without receiving its bytes again.
 * Thread-safe.
 */
public interface ContentConcatenation {

    /** Is told about every second that it goes on, on the caller's thread. */
    @FunctionalInterface
    interface Progress {

        /** An exception ends it. */
        void report() throws IOException;
    }

    /** Whether so many bytes can become one content. Asks nobody. */
    boolean fits(long length);

    /**
     * Makes readable content of readable content, which has to stay until then. What a call that
     * failed has made is deleted, or left to the search for orphans; so is what a call made that
     * returned a reference which no record names.
     *
     * @param id of the upload that it is for
     * @param sources in order; the same one may stand there more than once
     * @return what the record has to name; empty when this store cannot do so after all
     * @throws ContentLostException when a source is not there
     * @throws IOException when the store or the progress fails
     */
    Optional<ContentReference> concatenate(
            UploadId id, List<UploadContent> sources, Progress progress) throws IOException;
}
