package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is due: an empty object {@code x/<time>/<id>/<nonce>} tells when to look at a record. It
 * comes at the record's expiry or before, never after. One of a time that is over is followed by
 * another, or deleted, whenever what is due is looked for. Thread-safe.
 */
final class DueRecords {

    private static final int PAGE = 1_000;
    private static final Comparator<Upload> MOST_OVERDUE =
            Comparator.comparing(DueRecords::expiry).thenComparing(upload -> upload.id().value());

    private final S3Bucket bucket;
    private final RecordStore records;
    private final CreationKeys keys;
    private final Places places;

    DueRecords(S3Bucket bucket, RecordStore records, CreationKeys keys, Places places) {
        this.bucket = bucket;
        this.records = records;
        this.keys = keys;
        this.places = places;
    }

    private static Instant expiry(Upload upload) {
        Instant at = upload.expiresAt();
        return at == null ? Instant.MAX : at;
    }

    /** The most overdue records, in order. */
    List<Upload> find(Instant now, int limit) throws IOException {
        places.tidy();
        PriorityQueue<Upload> due = new PriorityQueue<>(MOST_OVERDUE.reversed());
        int atOnce = Math.clamp(limit, 1, Together.AT_ONCE);
        List<DueEntry> entries = entries("");
        while (!entries.isEmpty()
                && entries.getFirst().isDue(now)
                && !enough(due, limit, entries.getFirst().at())) {
            List<DueEntry> some =
                    entries.stream().limit(atOnce).takeWhile(entry -> entry.isDue(now)).toList();
            for (Optional<Upload> each : Together.each(some, entry -> look(entry, now))) {
                each.ifPresent(due::add);
            }
            while (due.size() > limit) {
                due.remove();
            }
            entries =
                    some.size() < entries.size()
                            ? entries.subList(some.size(), entries.size())
                            : entries(some.getLast().key());
        }
        return sorted(due);
    }

    /** A page of entries, in the order of their times. */
    private List<DueEntry> entries(String after) throws IOException {
        List<DueEntry> entries = new ArrayList<>();
        for (S3Entry each : bucket.list(DueEntry.PREFIX, after, PAGE).entries()) {
            entries.add(DueEntry.of(each));
        }
        return entries;
    }

    private static List<Upload> sorted(PriorityQueue<Upload> due) {
        List<Upload> sorted = new ArrayList<>(due);
        sorted.sort(MOST_OVERDUE);
        return sorted;
    }

    /** Whether no record whose entry comes later can be more overdue than those. */
    private static boolean enough(PriorityQueue<Upload> due, int limit, long at) {
        if (due.size() < limit) {
            return false;
        }
        Upload last = due.peek();
        return last == null || expiry(last).toEpochMilli() < at;
    }

    /** The record of an entry, if it is due. */
    private Optional<Upload> look(DueEntry entry, Instant now) throws IOException {
        StoredRecord found = records.read(entry.id()).orElse(null);
        if (found == null || !found.isFiledAs(entry.key())) {
            clear(entry, found);
            return Optional.empty();
        }
        Upload upload = found.upload();
        if (upload == null) {
            bury(entry, found);
            return Optional.empty();
        }
        Instant expiry = upload.expiresAt();
        if (expiry == null || expiry.isAfter(now)) {
            fileAnew(entry, found, expiry);
            return Optional.empty();
        }
        return Optional.of(upload);
    }

    /**
     * Deletes an entry that its record does not name, once it cannot come to name it. When the
     * entry is gone by now, so may the record be: it would get a tombstone anew.
     */
    private void clear(DueEntry entry, @Nullable StoredRecord found) throws IOException {
        if (!places.young(entry.modified())
                && bucket.length(entry.key()).isPresent()
                && places.fence(entry.id(), found, entry.claim())) {
            places.delete(entry.key());
        }
    }

    /** Deletes a tombstone whose time is over, unless events wait in it. */
    private void bury(DueEntry entry, StoredRecord tombstone) throws IOException {
        if (!tombstone.head().outbox().isEmpty()) {
            return;
        }
        for (String hash : tombstone.head().claims()) {
            keys.forget(hash, entry.id());
        }
        records.delete(entry.id());
        places.delete(entry.key());
    }

    private void fileAnew(DueEntry entry, StoredRecord found, @Nullable Instant expiry)
            throws IOException {
        String filed = expiry == null ? null : places.file(entry.id(), expiry, Optional.empty());
        boolean named = places.rewrite(entry.id(), found, found.head().filed(filed));
        String unnamed = named ? entry.key() : filed;
        if (unnamed != null) {
            places.delete(unnamed);
        }
    }
}
