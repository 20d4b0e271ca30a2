package io.longhaul.server.core.service;

import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads complete uploads; a final one without content of its own through its partial uploads.
 * Thread-safe.
 */
final class Reading {

    private final Records records;
    private final ContentStore store;

    Reading(Records records, ContentStore store) {
        this.records = records;
        this.store = store;
    }

    void read(Upload upload, long position, long count, ContentSink sink) throws IOException {
        if (upload.content() == null
                && upload.concatenation()
                        instanceof Concatenation.Final(List<UploadId> partials, String _)) {
            readThrough(partials, position, count, sink);
        } else {
            readOne(upload, position, count, sink);
        }
    }

    private void readThrough(List<UploadId> partials, long position, long count, ContentSink sink)
            throws IOException {
        long start = 0;
        for (UploadId id : partials) {
            Upload partial = records.find(id).orElseThrow(UploadException.NotFound::new);
            long from = Math.max(position - start, 0);
            long to = Math.min(position + count - start, partial.offset());
            if (from < to) {
                readOne(partial, from, to - from, sink);
            }
            start += partial.offset();
        }
    }

    private void readOne(Upload upload, long position, long count, ContentSink sink)
            throws IOException {
        if (count > 0) {
            switch (upload.content()) {
                case UploadContent.Inline(ByteBuffer bytes) ->
                        sink.accept(bytes.slice((int) position, (int) count));
                case UploadContent.Stored(ContentReference reference) ->
                        store.read(reference, position, count, sink);
                case null -> throw new UploadException.Gone(UploadState.TERMINATED);
            }
        }
    }
}
