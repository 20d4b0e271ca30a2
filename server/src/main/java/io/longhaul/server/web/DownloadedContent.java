package io.longhaul.server.web;

import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import java.io.IOException;
import java.time.Instant;

/** The content of a complete upload, as a download sees it. It never changes. */
interface DownloadedContent {

    UploadId id();

    /** In bytes. */
    long length();

    /** When the upload became complete. */
    Instant lastModified();

    UploadMetadata metadata();

    /**
     * Gives a range of the content, in order, in buffers of any kind. Called only with ranges
     * within the length, and never for no bytes.
     *
     * @throws IOException when the store or the sink fails; a part of the range may have been given
     */
    void read(long position, long count, ContentSink sink) throws IOException;
}
