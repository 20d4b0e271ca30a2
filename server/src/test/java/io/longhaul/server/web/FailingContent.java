package io.longhaul.server.web;

import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import java.io.IOException;
import java.time.Instant;

/** Content that reads as it should up to its middle, and then goes wrong. */
record FailingContent(DownloadedContent content, Failure failure) implements DownloadedContent {

    @FunctionalInterface
    interface Failure {
        void happen(ContentSink sink) throws IOException;
    }

    static FailingContent after(DownloadedContent content, Failure failure) {
        return new FailingContent(content, failure);
    }

    @Override
    public UploadId id() {
        return content.id();
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public Instant lastModified() {
        return content.lastModified();
    }

    @Override
    public UploadMetadata metadata() {
        return content.metadata();
    }

    @Override
    public void read(long position, long count, ContentSink sink) throws IOException {
        content.read(position, count / 2, sink);
        failure.happen(sink);
    }
}
