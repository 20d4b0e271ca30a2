package io.longhaul.server.core.service;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.util.Optional;

/**
 * Completes uploads whose bytes are all accepted, but have still to be made readable by their
 * store. The record says so before the store is asked: whoever finds it after a crash goes on, and
 * content that has vanished is never taken for complete. Thread-safe.
 */
final class Assembly {

    private final Records records;
    private final ContentStore store;
    private final Holders holders;

    Assembly(Records records, ContentStore store, Holders holders) {
        this.records = records;
        this.store = store;
        this.holders = holders;
    }

    /**
     * Completes an upload that the caller holds, if that is what it needs.
     *
     * @throws UploadException.Gone when its content is lost: nothing brings it back
     */
    Upload completed(Upload upload) throws IOException {
        if (upload.state() != UploadState.COMPLETING) {
            return upload;
        }
        try {
            ContentReference readable = store.assemble(Intake.reference(upload).orElseThrow());
            return records.advance(
                    upload,
                    from ->
                            from.change()
                                    .state(UploadState.COMPLETE)
                                    .content(new UploadContent.Stored(readable))
                                    .done());
        } catch (UploadException.TakenOver e) {
            return completedByAnother(upload, e);
        } catch (ContentLostException e) {
            throw records.lost(upload, e);
        }
    }

    /** Another node may have been at it at the same time; to do it twice is harmless. */
    private Upload completedByAnother(Upload upload, UploadException.TakenOver e)
            throws IOException {
        Upload now = records.live(upload.id());
        if (now.state() != UploadState.COMPLETE) {
            throw e;
        }
        return now;
    }

    /** Completes what a crash left, unless somebody is at it: then it is returned as it is. */
    Upload resumed(Upload upload) throws IOException {
        if (upload.state() != UploadState.COMPLETING) {
            return upload;
        }
        Optional<Holder> acquired = holders.tryAcquire(upload.id());
        if (acquired.isEmpty()) {
            return upload;
        }
        try (Holder _ = acquired.get()) {
            return completed(records.live(upload.id()));
        }
    }
}
