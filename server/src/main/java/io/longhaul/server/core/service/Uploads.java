package io.longhaul.server.core.service;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be done with uploads. All methods may block, and throw {@link UploadException} for what
 * the client can act on and {@link IOException} when a store fails. Thread-safe.
 */
public final class Uploads {

    private final UploadCatalog catalog;
    private final ContentStore store;
    private final Holders holders;
    private final Records records;
    private final Appender appender;
    private final Copying copying;
    private final Concatenator concatenator;
    private final Assembly assembly;
    private final Elsewhere elsewhere;
    private final Removal removal;
    private final Reading reading;

    public Uploads(
            UploadCatalog catalog,
            ContentStore store,
            Holders holders,
            UploadLimits limits,
            UploadListener listener,
            InstantSource clock) {
        this(catalog, store, holders, limits, listener, clock, Checkpoints.DEFAULT);
    }

    /** The same with other times at which long appends commit what they have. */
    public Uploads(
            UploadCatalog catalog,
            ContentStore store,
            Holders holders,
            UploadLimits limits,
            UploadListener listener,
            InstantSource clock,
            Checkpoints checkpoints) {
        this.catalog = catalog;
        this.store = store;
        this.holders = holders;
        records = new Records(catalog, limits, listener, clock, holders::appending);
        appender = new Appender(records, store, holders, listener, checkpoints);
        copying = new Copying(records, store, holders);
        concatenator = new Concatenator(records, copying);
        assembly = new Assembly(records, store, holders);
        elsewhere = new Elsewhere(records, holders, listener);
        removal = new Removal(records, store, holders, listener);
        reading = new Reading(records, store);
    }

    public UploadLimits limits() {
        return records.limits();
    }

    /**
     * Creates an upload, or finds the one that the same creation made before. One of length zero is
     * complete at once; a final one as soon as its partial uploads are.
     *
     * @throws UploadException.TooLarge when the length is over the limit
     * @throws UploadException.InvalidPartial when a final upload names what is no partial one
     * @throws UploadException.StorageFull when there is no room for a record
     * @throws UploadException.Stopping when the server is stopping
     */
    public Upload create(Creation creation) throws IOException {
        Upload draft = draft(creation);
        return whileThereIsRoom(
                () ->
                        draft.concatenation() instanceof Concatenation.Final concatenation
                                ? concatenator.create(draft, concatenation)
                                : records.create(draft));
    }

    /**
     * Creates an upload with its first bytes. When these are refused or cut, no upload is left that
     * nobody could name; one with an idempotency key stays and keeps what arrived. When the same
     * creation was made before and has bytes, the body is not read: the upload's offset tells.
     *
     * @param first with offset zero
     */
    public Upload create(Creation creation, Append first) throws IOException {
        Upload draft = draft(creation);
        if (draft.creationKey() == null) {
            return announced(whileThereIsRoom(() -> appender.appendFirst(draft, first)));
        }
        Upload stored = whileThereIsRoom(() -> records.create(draft));
        if (stored.offset() > 0 || stored.state() != UploadState.RECEIVING) {
            return stored;
        }
        return append(stored.id(), first);
    }

    /**
     * Adds bytes at the upload's offset.
     *
     * @throws UploadException.OffsetMismatch when it is at another offset
     * @throws UploadException.Held when another request is appending, and moving
     * @throws UploadException.LengthExceeded when there are more than the length; none beyond it is
     *     stored
     * @throws UploadException.DigestMismatch when they fail their digest; none is kept
     * @throws UploadException.StorageFull when there was no room for all of them; those that fitted
     *     are kept unless they were to be verified
     * @throws UploadException.Cut when the body broke off; what had arrived is kept unless it was
     *     to be verified
     */
    public Upload append(UploadId id, Append request) throws IOException {
        return announced(whileThereIsRoom(() -> appender.append(id, request)));
    }

    /**
     * The record of an upload with an offset as fresh as can be: what is arriving now is committed
     * first. Whoever appends is not disturbed unless it has stalled.
     */
    public Upload head(UploadId id) throws IOException {
        boolean held = holders.held(id); // asked first: whoever lets go now has committed by then
        Upload upload = records.live(id);
        if (upload.readable()) {
            return upload;
        }
        if (!held) {
            return whileThereIsRoom(() -> brought(elsewhere.fresh(upload)));
        }
        holders.freshen(id);
        return whileThereIsRoom(() -> brought(records.live(id)));
    }

    /** An upload as far as it can be brought without the client. */
    private Upload brought(Upload upload) throws IOException {
        if (upload.readable()) {
            return upload;
        }
        return upload.state() == UploadState.COMPLETING
                ? announced(assembly.resumed(upload))
                : concatenator.completed(upload);
    }

    /** The record of an upload as it stands, also of one that is gone; empty when there is none. */
    public Optional<Upload> find(UploadId id) throws IOException {
        return records.find(id);
    }

    /**
     * The record of an upload whose bytes can all be read.
     *
     * @throws UploadException.Incomplete when they are not all there
     */
    public Upload complete(UploadId id) throws IOException {
        Upload upload = whileThereIsRoom(() -> brought(records.live(id)));
        if (!upload.readable()) {
            throw new UploadException.Incomplete();
        }
        return upload;
    }

    /**
     * A URL at which the store itself serves a complete upload for a short while, where it can and
     * may. It is a secret.
     *
     * @param mediaType that it is to be served with
     * @param disposition that it is to be served with, as in Content-Disposition
     */
    public Optional<URI> link(Upload upload, String mediaType, String disposition)
            throws IOException {
        return upload.content() instanceof UploadContent.Stored(var reference)
                ? store.link(reference, mediaType, disposition)
                : Optional.empty();
    }

    /**
     * Reads a range of a complete upload.
     *
     * @param position of the first byte
     * @param count how many bytes
     */
    public void read(Upload upload, long position, long count, ContentSink sink)
            throws IOException {
        reading.read(upload, position, count, sink);
    }

    /** Ends an upload and frees its space; an append that is under way stops. */
    public void terminate(UploadId id) throws IOException {
        Upload _ = whileThereIsRoom(() -> removal.terminate(id));
    }

    /**
     * Expires what was not complete in time and forgets what has been gone for long enough.
     *
     * @param limit how many records to look at, at most
     * @return how many were changed; call again until it is none
     * @throws IOException when one could not be; those behind it were looked at all the same
     */
    public int sweep(int limit) throws IOException {
        int changed = 0;
        IOException failure = null;
        for (Upload upload : catalog.due(records.now(), limit)) {
            try {
                changed += swept(upload) ? 1 : 0;
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return changed;
    }

    private boolean swept(Upload due) throws IOException {
        if (due.state() != UploadState.COMPLETING) {
            return removal.sweep(due);
        }
        try {
            Upload now = due.readable() ? copying.resumed(due) : brought(due);
            return now.state() != UploadState.COMPLETING;
        } catch (UploadException _) { // it has ended meanwhile, or its content is lost
            return true;
        }
    }

    /**
     * Deletes content that no record names, which a crash between a write and its commit leaves.
     *
     * @param age only content that was not written to for so long: younger may be under way
     * @return of how many uploads
     */
    public int deleteOrphans(Duration age) throws IOException {
        return store.deleteOrphans(records.now().minus(age), this::claim);
    }

    /**
     * What a store's content is needed for. The first bytes of an upload may be on their way before
     * it has a record; one whose record has its bytes needs no other.
     */
    private ContentClaims.Claim claim(UploadId id) throws IOException {
        if (holders.appending(id)) {
            return new ContentClaims.Growing();
        }
        Optional<Upload> found =
                catalog.find(id).filter(each -> !(each.content() instanceof UploadContent.Inline));
        return found.isPresent()
                ? new ContentClaims.Named(Intake.reference(found.get()).orElse(null))
                : new ContentClaims.Nothing();
    }

    /** Makes or changes a record, or the content it names. */
    private interface Change {
        Upload make() throws IOException;
    }

    private static Upload whileThereIsRoom(Change change) throws IOException {
        try {
            return change.make();
        } catch (StorageFullException e) {
            UploadException full = new UploadException.StorageFull();
            full.initCause(e);
            throw full;
        }
    }

    private Upload announced(Upload upload) throws IOException {
        if (upload.state() == UploadState.COMPLETE) {
            concatenator.partialCompleted(upload);
        }
        return upload;
    }

    private Upload draft(Creation creation) {
        holders.refuseWhenStopping();
        OptionalLong length = creation.length();
        if (length.isPresent()) {
            records.limits().checkLength(length.getAsLong());
        }
        return Upload.receiving(UploadId.random(), creation.owner(), length, records.now())
                .change()
                .metadata(creation.metadata())
                .concatenation(creation.concatenation())
                .creationKey(creation.key())
                .done();
    }
}
