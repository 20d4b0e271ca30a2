package io.longhaul.server.core.service;

import io.longhaul.server.core.content.ContentConcatenation;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Gives final uploads content of their own, where the store can make it of that of their partial
 * uploads. Until then a final upload is read through those, so that no client waits for it; only
 * the completion is told later. Its record says so before: what a crash leaves is found by the
 * sweep. Thread-safe.
 */
final class Copying {

    /** How many are worked on at once by one node. */
    private static final int AT_ONCE = 4;

    /** Before the sweep of another node would take over. */
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final Records records;
    private final ContentStore store;
    private final Holders holders;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Copying(Records records, ContentStore store, Holders holders) {
        this.records = records;
        this.store = store;
        this.holders = holders;
    }

    /** Whether a final upload of a length gets content of its own. */
    boolean fits(long length) {
        return store.concatenation().filter(each -> each.fits(length)).isPresent();
    }

    /** Begins with a final upload that needs it, on a thread of its own. */
    void start(Upload upload) {
        if (upload.state() == UploadState.COMPLETING) {
            Thread.ofVirtual().name("longhaul-copying").start(() -> tryToComplete(upload));
        }
    }

    private void tryToComplete(Upload upload) {
        try {
            turns.acquire();
            try {
                holders.refuseWhenStopping();
                completed(upload);
            } finally {
                turns.release();
            }
        } catch (IOException | UploadException _) {
            // The sweep tries again, and tells when that fails too.
        } catch (InterruptedException _) { // as above
            Thread.currentThread().interrupt();
        }
    }

    private void completed(Upload upload) throws IOException {
        Optional<Holder> acquired = holders.tryAcquire(upload.id());
        if (acquired.isPresent()) {
            try (Holder holder = acquired.get()) {
                Upload now = records.live(upload.id());
                if (now.state() == UploadState.COMPLETING && now.epoch() == upload.epoch()) {
                    copied(now, holder);
                }
            }
        }
    }

    /** Completes what nobody has gone on with for a while, unless somebody is at it. */
    Upload resumed(Upload due) throws IOException {
        Optional<Holder> acquired = holders.tryAcquire(due.id());
        if (acquired.isEmpty()) {
            return due;
        }
        try (Holder holder = acquired.get()) {
            Upload now = records.live(due.id());
            return now.state() == UploadState.COMPLETING && Records.overdue(now, records.now())
                    ? copied(fenced(now), holder)
                    : now;
        }
    }

    /** Of several nodes one goes on, and who was at it before cannot complete it any more. */
    private Upload fenced(Upload upload) throws IOException {
        return records.advance(upload, from -> from.change().epoch(upload.epoch() + 1).done());
    }

    private Upload copied(Upload upload, Holder holder) throws IOException {
        ContentConcatenation concatenation = store.concatenation().orElseThrow();
        try {
            Optional<ContentReference> own =
                    concatenation.concatenate(
                            upload.id(), sources(upload), new Renewal(upload, holder));
            return records.advance(
                    upload,
                    from ->
                            from.change()
                                    .state(UploadState.COMPLETE)
                                    .content(own.map(UploadContent.Stored::new).orElse(null))
                                    .done());
        } catch (ContentLostException e) {
            throw records.lost(upload, e);
        }
    }

    /** Partial uploads live on for a while, as nobody is going to ask for most of them. */
    private List<UploadContent> sources(Upload upload) throws IOException {
        if (!(upload.concatenation()
                instanceof Concatenation.Final(List<UploadId> partials, String _))) {
            throw new IllegalStateException("not a final upload: " + upload.id());
        }
        Map<UploadId, Upload> read = new HashMap<>();
        List<UploadContent> sources = new ArrayList<>();
        for (UploadId id : partials) {
            Upload partial = read.get(id);
            if (partial == null) {
                partial = records.find(id).orElseThrow(UploadException.NotFound::new);
                records.expireSoon(partial);
                read.put(id, partial);
            }
            if (partial.content() != null) {
                sources.add(partial.content());
            }
        }
        return sources;
    }

    /** Keeps the sweep from taking over, and ends when somebody wants the upload. */
    private final class Renewal implements ContentConcatenation.Progress {

        private final Upload upload;
        private final Holder holder;
        private long renewed = System.nanoTime();

        Renewal(Upload upload, Holder holder) {
            this.upload = upload;
            this.holder = holder;
        }

        @Override
        public void report() throws IOException {
            if (holder.letGoAsked().isPresent()) {
                throw new InterruptedIOException("asked to let go of " + upload.id());
            }
            long now = System.nanoTime();
            if (now - renewed > RENEWAL.toNanos()) {
                records.advance(upload, from -> from);
                renewed = now;
            }
        }
    }
}
