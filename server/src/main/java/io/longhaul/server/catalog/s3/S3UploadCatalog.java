package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Mode;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The catalog in an S3-compatible store that heeds conditions when it writes, for any number of
 * processes, which share nothing else. A change is one write of the record's object, with its
 * events in it; what was lost on the way is found out by reading it again, for a minute at most. No
 * clock decides what is right, except that a write sent a day ago does not come any more: nor may
 * an id be used again a day after its record was removed. Thread-safe.
 */
public final class S3UploadCatalog implements UploadCatalog {

    private final RecordStore records;
    private final Changes changes;
    private final DueRecords due;
    private final Outbox outbox;

    /**
     * @param mode of the bucket, the same for all its life
     * @param clock for names in the order of time, and for when to tidy up
     */
    public S3UploadCatalog(S3Bucket bucket, S3Mode mode, InstantSource clock) {
        this(bucket, versions(bucket, mode), clock, Patience.OUTAGE, Retries.CREATIONS);
    }

    private static Versions versions(S3Bucket bucket, S3Mode mode) {
        return switch (mode) {
            case REPLACE -> new ReplacedVersions(bucket);
            case CREATE_ONLY -> new NumberedVersions(bucket, NumberedVersions.KEPT);
        };
    }

    S3UploadCatalog(
            S3Bucket bucket,
            Versions versions,
            InstantSource clock,
            Patience writes,
            Patience creations) {
        records = new RecordStore(versions, writes);
        Places places = new Places(bucket, records, clock);
        CreationKeys keys = new CreationKeys(versions, records, places, creations);
        changes = new Changes(bucket, records, keys, places);
        due = new DueRecords(bucket, records, keys, places);
        outbox = new Outbox(bucket, records, places);
    }

    /** Whether the record of any upload is in a bucket. */
    public static boolean hasRecords(S3Bucket bucket) throws IOException {
        return !bucket.list(RecordStore.PREFIX, "", 1).entries().isEmpty();
    }

    @Override
    public Upload create(Upload upload, UploadEvent... events) throws IOException {
        Upload first = upload.stored(1);
        Changes.Wish wish = new Changes.Wish(first.id(), first, List.of(events));
        StoredRecord base = null;
        Patience.Tries tries = Retries.CONFLICTS.start();
        while (true) {
            switch (changes.make(wish, base)) {
                case Changes.Outcome.Made _ -> {
                    return first;
                }
                case Changes.Outcome.KeyTaken(var other) -> {
                    return other;
                }
                case Changes.Outcome.Overtaken(var found) -> base = found;
            }
            if (base != null && base.upload() != null) {
                throw new IOException("another record has the id of the one to be created");
            }
            tries.againOr(new IOException("the creation is kept out again and again"));
        }
    }

    @Override
    public Optional<Upload> find(UploadId id) throws IOException {
        return records.read(id).map(StoredRecord::upload);
    }

    @Override
    public Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... events)
            throws IOException {
        Upload next = changed.stored(expectedVersion + 1);
        Changes.Wish wish = new Changes.Wish(next.id(), next, List.of(events));
        return change(wish, expectedVersion) ? Optional.of(next) : Optional.empty();
    }

    @Override
    public boolean remove(UploadId id, long expectedVersion) throws IOException {
        return change(new Changes.Wish(id, null, List.of()), expectedVersion);
    }

    /** Makes a change of a version, whatever is written beside the record meanwhile. */
    private boolean change(Changes.Wish wish, long version) throws IOException {
        StoredRecord base = records.recall(wish.id(), version).orElse(null);
        Patience.Tries tries = Retries.CONFLICTS.start();
        while (base != null && base.hasVersion(version)) {
            switch (changes.make(wish, base)) {
                case Changes.Outcome.Made _ -> {
                    return true;
                }
                case Changes.Outcome.KeyTaken _ ->
                        throw new IOException("another record has the creation key");
                case Changes.Outcome.Overtaken(var found) -> base = found;
            }
            if (base != null && base.hasVersion(version)) {
                tries.againOr(new IOException("the record is written again and again"));
            }
        }
        return false;
    }

    @Override
    public List<Upload> due(Instant now, int limit) throws IOException {
        return due.find(now, limit);
    }

    @Override
    public List<OutboxEntry> outbox(int limit) throws IOException {
        return outbox.entries(limit);
    }

    @Override
    public void acknowledge(List<OutboxEntry> delivered) throws IOException {
        outbox.acknowledge(delivered);
    }
}
