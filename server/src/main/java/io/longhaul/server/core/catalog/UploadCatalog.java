package io.longhaul.server.core.catalog;

import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Holds one record per upload and the outbox of what has to be told about them. Records change only
 * by compare-and-swap on their version, so of two writers that read the same version one wins and
 * the other sees it. Thread-safe. A change is durable, as the catalog is configured to be, and seen
 * by every later call, when the call returns. Instants are kept to the millisecond; what is finer
 * is cut off, also in the records that a change returns.
 */
public interface UploadCatalog {

    /**
     * Stores the first version of a record, and the events in the same transaction. When a record
     * with the same creation key is there already, stores nothing.
     *
     * @param upload with version zero
     * @return the stored record with version one, or the one with the same creation key
     * @throws IOException when the store fails; whether the record is stored is then unknown. Also
     *     when another record has the id: then nothing is stored
     */
    Upload create(Upload upload, UploadEvent... outbox) throws IOException;

    /** The newest version of a record. Never waits for a writer. */
    Optional<Upload> find(UploadId id) throws IOException;

    /**
     * Replaces a record, and adds the events to the outbox in the same transaction.
     *
     * @param changed the new record; its own version does not matter
     * @return the stored record with {@code expectedVersion + 1}; empty, and nothing stored, when
     *     the record has another version or is not there
     * @throws IOException when the store fails; whether the record is stored is then unknown. Also
     *     when another record has the creation key: then nothing is stored
     */
    Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... outbox)
            throws IOException;

    /**
     * Forgets a record, and frees its creation key.
     *
     * @return false, and nothing done, when the record has another version or is not there
     */
    boolean remove(UploadId id, long expectedVersion) throws IOException;

    /** Records whose {@code expiresAt} is at or before an instant, the most overdue first. */
    List<Upload> due(Instant now, int limit) throws IOException;

    /**
     * The oldest entries of the outbox: those of one upload in the order in which they were stored,
     * those of several about so.
     */
    List<OutboxEntry> outbox(int limit) throws IOException;

    /** Removes entries that were delivered; unknown ones are ignored. */
    void acknowledge(List<OutboxEntry> delivered) throws IOException;
}
