package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of records. What must not be missed is written first: an entry of the index of what
 * is due, the claim of a creation key, an intent of events; then the record, which commits all of
 * it. Thread-safe.
 */
final class Changes {

    /**
     * When a new record is looked at first, if its upload is not complete: no later than has to be
     * one that is being completed by then. Most uploads are complete sooner, and need no other
     * entry.
     */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(5);

    private final S3Bucket bucket;
    private final RecordStore records;
    private final CreationKeys keys;
    private final Places places;

    Changes(S3Bucket bucket, RecordStore records, CreationKeys keys, Places places) {
        this.bucket = bucket;
        this.records = records;
        this.keys = keys;
        this.places = places;
    }

    /**
     * What is to be in the place of a record.
     *
     * @param upload null for a tombstone
     */
    record Wish(UploadId id, @Nullable Upload upload, List<UploadEvent> events) {}

    /** What became of a change. */
    sealed interface Outcome {

        record Made() implements Outcome {}

        /** Another record has the creation key. */
        record KeyTaken(Upload by) implements Outcome {}

        /**
         * Another change came first.
         *
         * @param found what is in the record's place by now; null for nothing
         */
        record Overtaken(@Nullable StoredRecord found) implements Outcome {}
    }

    /**
     * Tries a change once.
     *
     * @param base what was in the record's place; null for nothing
     * @throws IOException when it is not known whether the change is made
     */
    Outcome make(Wish wish, @Nullable StoredRecord base) throws IOException {
        RecordHead before = base == null ? RecordHead.NONE : base.head();
        Optional<String> claim = claim(wish.upload(), base);
        String filed = filed(wish, base, claim);
        if (claim.isPresent()) {
            Optional<Upload> holder = keys.take(claim.get(), wish.id());
            if (holder.isPresent()) {
                withdraw(filed, before.filed());
                return new Outcome.KeyTaken(holder.get());
            }
        }
        String nonce = Names.nonce();
        String intent = intent(wish, nonce);
        RecordHead head =
                before.written(nonce).filed(filed).outbox(outbox(before, intent, wish.events()));
        RecordHead claiming = claim.map(head::claiming).orElse(head);
        return switch (records.write(wish.id(), base, claiming, wish.upload())) {
            case Written.Done _ -> {
                leave(before.filed(), filed);
                yield new Outcome.Made();
            }
            case Written.Overtaken(var found) -> {
                withdraw(filed, before.filed());
                withdraw(intent, null);
                yield new Outcome.Overtaken(found);
            }
        };
    }

    /** The hash of the creation key that the change gives to the record. */
    private static Optional<String> claim(@Nullable Upload upload, @Nullable StoredRecord base) {
        String key = upload == null ? null : upload.creationKey();
        boolean had = key != null && base != null && key.equals(base.creationKey());
        return had ? Optional.empty() : Optional.ofNullable(key).map(Names::hash);
    }

    /**
     * The key of the record's entry in the index of what is due. One that comes too early is left:
     * whoever looks for what is due files it anew, so that a change that puts the expiry off costs
     * nothing.
     */
    private @Nullable String filed(Wish wish, @Nullable StoredRecord base, Optional<String> claim)
            throws IOException {
        Upload upload = wish.upload();
        if (upload == null) {
            return places.file(wish.id(), places.now().plus(Places.TOMBSTONE), Optional.empty());
        }
        Instant due = upload.expiresAt();
        String known = base == null ? null : base.head().filed();
        if (due == null
                || (known != null && DueEntry.at(known) <= Math.max(0, due.toEpochMilli()))) {
            return known;
        }
        Instant first = places.now().plus(FIRST_LOOK);
        boolean early =
                base == null && upload.state() == UploadState.RECEIVING && first.isBefore(due);
        return places.file(wish.id(), early ? first : due, claim);
    }

    /** Writes where events are to be found, before they are there; null without events. */
    private @Nullable String intent(Wish wish, String nonce) throws IOException {
        if (wish.events().isEmpty()) {
            return null;
        }
        String key = Intent.key(wish.id(), places.now(), nonce);
        bucket.put(key, S3Body.of(new byte[0]));
        return key;
    }

    private static List<OutboxEntry> outbox(
            RecordHead before, @Nullable String intent, List<UploadEvent> events) {
        List<OutboxEntry> outbox = new ArrayList<>(before.outbox());
        for (int i = 0; i < events.size(); i++) {
            outbox.add(new OutboxEntry(Intent.entry(String.valueOf(intent), i), events.get(i)));
        }
        return outbox;
    }

    /** Deletes what no record names any more. */
    private void withdraw(@Nullable String key, @Nullable String kept) {
        if (key != null && !key.equals(kept)) {
            places.withdraw(key);
        }
    }

    /** The same without waiting for it. */
    private void leave(@Nullable String key, @Nullable String kept) {
        if (key != null && !key.equals(kept)) {
            places.leave(key);
        }
    }
}
