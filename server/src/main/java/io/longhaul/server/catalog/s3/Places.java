package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What keeps late writers out of the places of records. Thread-safe.
 *
 * <p>Whatever a change needs beside its record is written before it, so what no record names may
 * belong to a change under way. Nobody can know; but who replaces the object in the record's place
 * by one that says the same, and is another, makes every change fail that began before. Its writer
 * sees it and begins anew; what it wrote before is nobody's, and can be deleted.
 */
final class Places {

    /** How long a tombstone stays: longer than any write can be on its way. */
    static final Duration TOMBSTONE = Duration.ofDays(1);

    /**
     * How old something is that its change has probably left behind. It only spares keeping out
     * writers that are at it: a clock that is wrong makes them begin anew, no more.
     */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    /** As many as one call deletes. */
    private static final int MOST_LEFT = 1_000;

    private final S3Bucket bucket;
    private final RecordStore records;
    private final InstantSource clock;
    private final BlockingQueue<String> left = new ArrayBlockingQueue<>(MOST_LEFT);

    Places(S3Bucket bucket, RecordStore records, InstantSource clock) {
        this.bucket = bucket;
        this.records = records;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether something of that age may be left to who wrote it. */
    boolean young(Instant modified) {
        return modified.isAfter(clock.instant().minus(YOUNG));
    }

    /** Writes an entry of the index of what is due, and gives its key. */
    String file(UploadId id, Instant at, Optional<String> claim) throws IOException {
        String key = DueEntry.key(id, at, claim);
        bucket.put(key, S3Body.of(new byte[0]));
        return key;
    }

    /**
     * Keeps out whoever began to change a record before now.
     *
     * @param found what was read in its place; null for nothing
     * @param claim the hash of a creation key that may name the record
     * @return false when it is another one by now
     */
    boolean fence(UploadId id, @Nullable StoredRecord found, Optional<String> claim)
            throws IOException {
        RecordHead before = found == null ? RecordHead.NONE : found.head();
        RecordHead head = claim.map(before::claiming).orElse(before);
        if (found != null) {
            return rewrite(id, found, head);
        }
        String filed = file(id, now().plus(TOMBSTONE), Optional.empty());
        if (records.write(id, null, head.rewritten().filed(filed), null) instanceof Written.Done) {
            return true;
        }
        withdraw(filed);
        return false;
    }

    /** Deletes what no record names and none will. */
    void withdraw(String key) {
        try {
            delete(key);
        } catch (IOException _) { // whoever comes upon it deletes it
        }
    }

    /** Leaves what no record names any more to be deleted with other objects, or later. */
    void leave(String key) {
        while (!left.offer(key)) {
            tidy();
        }
    }

    /** Takes what was left; whoever takes it deletes it. */
    List<String> takeLeft() {
        List<String> taken = new ArrayList<>();
        left.drainTo(taken);
        return taken;
    }

    /** Deletes what was left. */
    void tidy() {
        try {
            bucket.delete(takeLeft());
        } catch (IOException _) { // whoever comes upon it deletes it
        }
    }

    /**
     * Changes what stands beside a record.
     *
     * @return false when it is another one by now
     */
    boolean rewrite(UploadId id, StoredRecord found, RecordHead head) throws IOException {
        return records.write(id, found, head.rewritten(), found.upload()) instanceof Written.Done;
    }

    void delete(String key) throws IOException {
        bucket.delete(List.of(key));
    }
}
