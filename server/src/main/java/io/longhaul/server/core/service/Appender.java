package io.longhaul.server.core.service;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** Adds bytes to uploads. Thread-safe. */
final class Appender {

    private final Records records;
    private final ContentStore store;
    private final Holders holders;
    private final UploadListener listener;
    private final Checkpoints checkpoints;
    private final InlineContent inline;
    private final Assembly assembly;
    private final Elsewhere elsewhere;

    Appender(
            Records records,
            ContentStore store,
            Holders holders,
            UploadListener listener,
            Checkpoints checkpoints) {
        this.records = records;
        this.store = store;
        this.holders = holders;
        this.listener = listener;
        this.checkpoints = checkpoints;
        assembly = new Assembly(records, store, holders);
        elsewhere = new Elsewhere(records, holders, listener);
        inline = new InlineContent(records.limits().inlineSize());
    }

    /** Appends to an upload that has a record. */
    Upload append(UploadId id, Append request) throws IOException {
        request.key().ifPresent(key -> holders.supersede(id, key));
        boolean held = holders.held(id);
        if (held) {
            refuse(records.live(id), request);
        }
        try (Holder holder = acquire(id, request)) {
            Upload found = records.live(id, held || holder.tookOver());
            refuse(found, request);
            Upload upload = holder.tookOver() ? records.fenced(found) : elsewhere.takenOver(found);
            refuse(upload, request);
            check(upload, request);
            return assembly.completed(transfer(holder, upload, request));
        }
    }

    /**
     * Appends to a new upload whose record is created with all bytes of the request. When that is
     * not reached nothing is left: nobody knows the upload yet.
     */
    Upload appendFirst(Upload draft, Append request) throws IOException {
        check(draft, request);
        try (Holder holder = acquire(draft.id(), request)) {
            return assembly.completed(transfer(holder, draft, request));
        }
    }

    private Holder acquire(UploadId id, Append request) {
        return holders.acquire(id, request.key().orElse(""), request.body()::wake);
    }

    /** What can be refused without holding the upload: nobody is disturbed for it. */
    private static void refuse(Upload upload, Append request) {
        if (upload.concatenation() instanceof Concatenation.Final) {
            throw new UploadException.FinalNotWritable();
        }
        if (request.offset() < upload.offset()) {
            throw new UploadException.OffsetMismatch(request.offset(), upload.offset());
        }
    }

    private void check(Upload upload, Append request) {
        if (upload.state().gone()) {
            throw new UploadException.Gone(upload.state());
        }
        if (request.offset() != upload.offset()) {
            throw new UploadException.OffsetMismatch(request.offset(), upload.offset());
        }
        long bytes = request.body().length().orElse(0);
        // Beyond 2^63 - 1 the sum would be negative, and below every limit.
        long end =
                bytes > Long.MAX_VALUE - request.offset()
                        ? Long.MAX_VALUE
                        : request.offset() + bytes;
        OptionalLong length = declared(upload, request);
        if (length.isPresent() && bytes > length.getAsLong() - request.offset()) {
            throw new UploadException.LengthExceeded(end, length.getAsLong());
        }
        records.limits().checkLength(end);
    }

    /** The upload's length as of this request. */
    private OptionalLong declared(Upload upload, Append request) {
        Long known = upload.length();
        if (request.length().isEmpty()) {
            return known == null ? OptionalLong.empty() : OptionalLong.of(known);
        }
        long declared = request.length().getAsLong();
        if (known != null && known != declared) {
            throw new UploadException.LengthConflict(
                    "the upload's length is %d and cannot become %d".formatted(known, declared));
        }
        if (declared < upload.offset()) {
            throw new UploadException.LengthConflict(
                    "the length %d is less than the %d bytes accepted"
                            .formatted(declared, upload.offset()));
        }
        records.limits().checkLength(declared);
        return request.length();
    }

    private Upload transfer(Holder holder, Upload upload, Append request) throws IOException {
        long started = System.nanoTime();
        Long length = AppendRun.length(upload, request);
        try (Intake content = Intake.open(store, inline, upload, length, request.body())) {
            AppendRun run = new AppendRun(records, holder, checkpoints, upload, request, content);
            try {
                return run.run();
            } catch (ContentLostException e) {
                throw records.lost(run.upload(), e);
            } finally {
                long accepted = run.upload().offset() - upload.offset();
                listener.onAppend(accepted, Duration.ofNanos(System.nanoTime() - started));
            }
        } catch (ContentLostException e) {
            throw records.lost(upload, e);
        }
    }
}
