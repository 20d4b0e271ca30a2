package io.longhaul.server.core.service;

import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Ends uploads: marks the record, then frees the content, then, when the record has answered as
 * gone for long enough, forgets it. What a crash leaves in between the sweep finishes. Thread-safe.
 */
final class Removal {

    private final Records records;
    private final ContentStore store;
    private final Holders holders;
    private final UploadListener listener;
    private final Elsewhere elsewhere;

    Removal(Records records, ContentStore store, Holders holders, UploadListener listener) {
        this.records = records;
        this.store = store;
        this.holders = holders;
        this.listener = listener;
        elsewhere = new Elsewhere(records, holders, listener);
    }

    /** Terminates an upload and tells its record; an append that is under way stops. */
    Upload terminate(UploadId id) throws IOException {
        if (holders.held(id)) {
            records.live(id); // nobody is disturbed for an upload that is gone
        }
        try (Holder _ = holders.seize(id)) {
            Upload live = records.live(id);
            elsewhere.end(live);
            Upload upload =
                    records.end(live, UploadState.TERMINATED, _ -> true)
                            .orElseThrow(() -> new UploadException.Gone(UploadState.TERMINATED));
            listener.onEvent(new UploadEvent.Terminated(id, upload.updatedAt()));
            free(upload);
            return upload;
        }
    }

    /**
     * Does what is due for a record: expires it, or forgets it when it is gone already. An upload
     * that somebody holds is left for the next time.
     *
     * @return whether anything was done
     */
    boolean sweep(Upload due) throws IOException {
        Optional<Holder> acquired = holders.tryAcquire(due.id());
        if (acquired.isEmpty()) {
            return false;
        }
        try (Holder _ = acquired.get()) {
            Optional<Upload> upload =
                    records.find(due.id()).filter(found -> Records.overdue(found, records.now()));
            if (upload.isPresent()) {
                sweepHeld(upload.get());
            }
            return upload.isPresent();
        }
    }

    private void sweepHeld(Upload upload) throws IOException {
        switch (upload.state()) {
            case COMPLETING -> {} // not due any more: it has been written to just now
            case RECEIVING, COMPLETE -> expire(upload);
            case REJECTED, TERMINATED, EXPIRED -> forget(upload);
        }
    }

    /** Unless another node has done so, or the upload has gone on there. */
    private void expire(Upload upload) throws IOException {
        Optional<Upload> expired =
                records.end(
                        upload, UploadState.EXPIRED, from -> Records.overdue(from, records.now()));
        if (expired.isPresent()) {
            listener.onEvent(new UploadEvent.Expired(upload.id(), expired.get().updatedAt()));
            free(expired.get());
        }
    }

    private void forget(Upload gone) throws IOException {
        if (free(gone)) {
            Optional<Upload> freed = records.find(gone.id());
            if (freed.isPresent()) {
                records.remove(freed.get());
            }
        }
    }

    /**
     * Frees the content of an upload that is gone, and its hold on partial uploads.
     *
     * @return false when a final upload is still read through the content
     */
    private boolean free(Upload gone) throws IOException {
        if (gone.concatenation() instanceof Concatenation.Partial(List<UploadId> finals)
                && anyReadsThrough(finals)) {
            records.update(gone, from -> records.gone(from, from.state()));
            return false;
        }
        if (gone.concatenation()
                instanceof Concatenation.Final(List<UploadId> partials, String _)) {
            for (UploadId partial : new HashSet<>(partials)) {
                detach(partial, gone.id());
            }
        }
        deleteContent(gone);
        return true;
    }

    /** Also what the record does not name: bytes that a crash kept from being committed. */
    private void deleteContent(Upload gone) throws IOException {
        if (!(gone.content() instanceof UploadContent.Inline)) {
            store.delete(gone.id(), Intake.reference(gone).orElse(null));
        }
        if (gone.content() != null) {
            records.update(gone, from -> from.change().content(null).done());
        }
    }

    /** Whether any of these final uploads is there, and has no content of its own. */
    private boolean anyReadsThrough(List<UploadId> ids) throws IOException {
        for (UploadId id : ids) {
            Optional<Upload> found = records.find(id);
            if (found.isPresent() && !found.get().state().gone() && found.get().content() == null) {
                return true;
            }
        }
        return false;
    }

    private void detach(UploadId partial, UploadId finalUpload) throws IOException {
        Optional<Upload> found = records.find(partial);
        if (found.isEmpty()) {
            return;
        }
        Optional<Upload> detached =
                records.update(
                        found.get(),
                        from ->
                                from.concatenation() instanceof Concatenation.Partial known
                                        ? from.change()
                                                .concatenation(known.without(finalUpload))
                                                .done()
                                        : from);
        if (detached.isPresent() && detached.get().state().gone()) {
            free(detached.get());
        }
    }
}
