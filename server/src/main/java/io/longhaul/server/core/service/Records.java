package io.longhaul.server.core.service;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The changes of records that the service makes, each by compare-and-swap, with the times and
 * events that belong to them. Thread-safe.
 */
final class Records {

    /** After which the sweep completes what whoever took the last byte has not. */
    private static final Duration COMPLETING_PATIENCE = Duration.ofMinutes(5);

    private final UploadCatalog catalog;
    private final UploadLimits limits;
    private final UploadListener listener;
    private final InstantSource clock;
    private final Predicate<UploadId> growing;

    /**
     * @param growing whether a request adds bytes to an upload, which keeps it from expiring
     */
    Records(
            UploadCatalog catalog,
            UploadLimits limits,
            UploadListener listener,
            InstantSource clock,
            Predicate<UploadId> growing) {
        this.catalog = catalog;
        this.limits = limits;
        this.listener = listener;
        this.clock = clock;
        this.growing = growing;
    }

    UploadLimits limits() {
        return limits;
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Upload> find(UploadId id) throws IOException {
        return catalog.find(id);
    }

    /**
     * The record of an upload that can be used.
     *
     * @throws UploadException.NotFound when there is none
     * @throws UploadException.Gone when it is gone, or should be by now
     */
    Upload live(UploadId id) throws IOException {
        return live(id, growing.test(id));
    }

    /**
     * The same for a caller that holds the upload.
     *
     * @param growing whether another request added bytes until now
     */
    Upload live(UploadId id, boolean growing) throws IOException {
        Upload upload = catalog.find(id).orElseThrow(UploadException.NotFound::new);
        if (upload.state().gone()) {
            throw new UploadException.Gone(upload.state());
        }
        if (expired(upload) && !growing) {
            throw new UploadException.Gone(UploadState.EXPIRED);
        }
        return upload;
    }

    /** Whether the sweep is going to expire an upload; one that has all its bytes it completes. */
    private boolean expired(Upload upload) {
        return overdue(upload, now()) && upload.state() != UploadState.COMPLETING;
    }

    static boolean overdue(Upload upload, Instant now) {
        return upload.expiresAt() != null && !now.isBefore(upload.expiresAt());
    }

    /** Stores a first record, or finds the one of the same creation, unless that is overdue. */
    Upload create(Upload draft) throws IOException {
        Upload first = settled(draft);
        Upload stored = catalog.create(first, completion(first));
        while (!stored.id().equals(draft.id()) && expired(stored)) {
            update(stored, this::keyless);
            stored = catalog.create(first, completion(first));
        }
        if (stored.id().equals(draft.id())) {
            listener.onEvent(new UploadEvent.Created(stored.id(), stored.createdAt()));
            return announced(stored);
        }
        return stored;
    }

    /** Nobody should find an overdue upload again; the sweep ends it. */
    private Upload keyless(Upload upload) {
        return expired(upload) ? upload.change().creationKey(null).done() : upload;
    }

    /**
     * Stores what an append or a concatenation made of a record; complete when all bytes are there,
     * unless the change says that they are still to be made readable. A change of the record that
     * leaves offset, state and epoch alone does not stand in the way.
     *
     * @throws UploadException.Gone when the upload is gone meanwhile
     * @throws UploadException.TakenOver when somebody else has changed what matters
     */
    Upload advance(Upload read, UnaryOperator<Upload> change) throws IOException {
        Upload from = read;
        while (true) {
            Upload next = settled(change.apply(from));
            Optional<Upload> stored = catalog.replace(next, from.version(), completion(next));
            if (stored.isPresent()) {
                return announced(stored.get());
            }
            from = live(read.id());
            if (from.epoch() != read.epoch()
                    || from.offset() != read.offset()
                    || from.state() != read.state()) {
                throw new UploadException.TakenOver();
            }
        }
    }

    /** Changes a record, whatever version it has by now; empty when it is not there any more. */
    Optional<Upload> update(Upload read, UnaryOperator<Upload> change) throws IOException {
        Upload from = read;
        while (true) {
            Optional<Upload> stored = catalog.replace(change.apply(from), from.version());
            if (stored.isPresent()) {
                return stored;
            }
            Optional<Upload> newest = catalog.find(read.id());
            if (newest.isEmpty()) {
                return newest;
            }
            from = newest.get();
        }
    }

    /**
     * Makes every holder of before unable to commit.
     *
     * @throws UploadException.NotFound when there is no record any more
     */
    Upload fenced(Upload read) throws IOException {
        return update(read, from -> from.change().epoch(from.epoch() + 1).holder(null).done())
                .orElseThrow(UploadException.NotFound::new);
    }

    /**
     * Has a complete upload expire as others do that nobody goes on with, unless it does sooner.
     */
    void expireSoon(Upload read) throws IOException {
        Instant soon = now().plus(limits.expiry());
        update(
                read,
                from ->
                        from.state() == UploadState.COMPLETE && !overdue(from, soon)
                                ? from.change().expiresAt(soon).done()
                                : from);
    }

    /**
     * Makes an upload gone.
     *
     * @param still what has to hold for the record as it is by then
     * @return empty, and nothing done, when it does not hold, or the upload is gone already
     */
    Optional<Upload> end(Upload read, UploadState state, Predicate<Upload> still)
            throws IOException {
        Optional<Upload> from = Optional.of(read);
        while (from.isPresent() && !from.get().state().gone() && still.test(from.get())) {
            Upload upload = from.get();
            Optional<Upload> ended = catalog.replace(gone(upload, state), upload.version());
            if (ended.isPresent()) {
                return ended;
            }
            from = catalog.find(read.id());
        }
        return Optional.empty();
    }

    /**
     * Ends an upload whose content has vanished, as nothing brings it back; what to tell the
     * client, which has to start a new one. When its record names other content by now, the upload
     * has gone on without the caller, and is well.
     */
    UploadException lost(Upload upload, ContentLostException cause) throws IOException {
        Optional<Upload> ended =
                end(
                        upload,
                        UploadState.REJECTED,
                        from -> Objects.equals(from.content(), upload.content()));
        Optional<Upload> now = ended.isPresent() ? ended : catalog.find(upload.id());
        UploadException told =
                now.filter(this::usable).isPresent()
                        ? new UploadException.TakenOver()
                        : new UploadException.Gone(
                                now.map(Upload::state).orElse(UploadState.REJECTED));
        told.initCause(cause);
        return told;
    }

    private boolean usable(Upload upload) {
        return !upload.state().gone();
    }

    /** Ends an upload that can never be complete; what to tell the client. */
    UploadException.Gone rejected(Upload upload, @Nullable Throwable cause) throws IOException {
        end(upload, UploadState.REJECTED, _ -> true);
        UploadException.Gone gone = new UploadException.Gone(UploadState.REJECTED);
        if (cause != null) {
            gone.initCause(cause);
        }
        return gone;
    }

    /** The record as it is from the moment the upload is gone. */
    Upload gone(Upload upload, UploadState state) {
        Instant now = now();
        return upload.change()
                .state(state)
                .creationKey(null)
                .content(kept(upload))
                .holder(null)
                .updatedAt(now)
                .expiresAt(now.plus(limits.goneRetention()))
                .done();
    }

    /** Bytes in the record go at once, unless a final upload may still read through them. */
    private static @Nullable UploadContent kept(Upload upload) {
        boolean partial = upload.concatenation() instanceof Concatenation.Partial;
        return upload.content() instanceof UploadContent.Inline && !partial
                ? null
                : upload.content();
    }

    boolean remove(Upload upload) throws IOException {
        return catalog.remove(upload.id(), upload.version());
    }

    private Upload settled(Upload upload) {
        UploadState state = settledState(upload);
        return upload.change()
                .state(state)
                .updatedAt(now())
                .expiresAt(
                        switch (state) {
                            case COMPLETE -> after(limits.completeExpiry());
                            case COMPLETING -> after(COMPLETING_PATIENCE);
                            case RECEIVING, REJECTED, TERMINATED, EXPIRED ->
                                    later(upload.expiresAt(), after(limits.expiry()));
                        })
                .done();
    }

    private static UploadState settledState(Upload upload) {
        if (!upload.whole()) {
            return UploadState.RECEIVING;
        }
        return upload.state() == UploadState.COMPLETING
                ? UploadState.COMPLETING
                : UploadState.COMPLETE;
    }

    /** Progress never brings the end nearer, though the clock may have been set back. */
    private static @Nullable Instant later(@Nullable Instant known, @Nullable Instant next) {
        return known != null && next != null && known.isAfter(next) ? known : next;
    }

    private @Nullable Instant after(Duration duration) {
        return duration.isZero() ? null : now().plus(duration);
    }

    private Upload announced(Upload stored) {
        if (stored.state() == UploadState.COMPLETE) {
            listener.onAnnouncement();
        }
        return stored;
    }

    private static UploadEvent[] completion(Upload upload) {
        return upload.state() == UploadState.COMPLETE
                ? new UploadEvent[] {
                    new UploadEvent.Completed(upload.id(), upload.updatedAt(), upload.offset())
                }
                : new UploadEvent[0];
    }
}
