package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records' objects, {@code s/<hh>/<id>}; hh are the first two digits of the id's SHA-256. Keeps
 * in mind the latest versions without their bytes, which spares reading them; whether that is still
 * right, the store decides. Thread-safe.
 */
final class RecordStore {

    /** Before the keys of all records. */
    static final String PREFIX = "s/";

    private static final int REMEMBERED = 10_000;

    private final Versions versions;
    private final Patience patience;
    private final Map<UploadId, StoredRecord> remembered =
            new LinkedHashMap<>(16, 0.75F, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UploadId, StoredRecord> eldest) {
                    return size() > REMEMBERED;
                }
            };

    RecordStore(Versions versions, Patience patience) {
        this.versions = versions;
        this.patience = patience;
    }

    private static String key(UploadId id) {
        return "%s%s/%s".formatted(PREFIX, Names.hash(id.value()).substring(0, 2), id);
    }

    /** What is in the place of a record; empty when nothing is. */
    Optional<StoredRecord> read(UploadId id) throws IOException {
        Optional<Versions.Version> latest = versions.latest(key(id));
        if (latest.isEmpty()) {
            forget(id);
            return Optional.empty();
        }
        try {
            StoredRecord stored = RecordJson.read(latest.get().bytes(), latest.get().tag());
            remember(id, stored);
            return Optional.of(stored);
        } catch (IOException e) {
            throw new IOException("%s: %s".formatted(key(id), e.getMessage()), e);
        }
    }

    /** The same without the record's bytes, and maybe old, if it then had that version. */
    Optional<StoredRecord> recall(UploadId id, long version) throws IOException {
        synchronized (remembered) {
            StoredRecord known = remembered.get(id);
            if (known != null && known.hasVersion(version)) {
                return Optional.of(known);
            }
        }
        return read(id);
    }

    /**
     * Replaces what is in the place of a record.
     *
     * @param base what is replaced; null for nothing
     * @throws IOException when it is not known whether that is done, or will be
     */
    Written write(
            UploadId id, @Nullable StoredRecord base, RecordHead head, @Nullable Upload upload)
            throws IOException {
        byte[] bytes = RecordJson.write(head, upload);
        Versions.@Nullable Tag followed = base == null ? null : base.tag();
        Patience.Tries tries = patience.start();
        boolean doubtful = false;
        while (true) {
            try {
                Versions.Tag tag = versions.write(key(id), bytes, followed);
                return done(id, new StoredRecord(head, upload, tag));
            } catch (IOException e) {
                doubtful |= doubtful(e);
                StoredRecord found = read(id).orElse(null);
                if (found != null && found.head().comesFrom(head.trail().getLast())) {
                    return new Written.Done(new StoredRecord(head, upload, found.tag()));
                }
                if (!same(found, base)) {
                    return overtaken(found, base, doubtful ? e : null);
                }
                tries.againOr(e);
            }
        }
    }

    /** Tells that a write was not done, if nobody could have made it be forgotten. */
    private static Written overtaken(
            @Nullable StoredRecord found, @Nullable StoredRecord base, @Nullable IOException doubt)
            throws IOException {
        RecordHead before = base == null ? RecordHead.NONE : base.head();
        if (doubt != null && found != null && !found.head().tellsAllSince(before)) {
            throw doubt;
        }
        return new Written.Overtaken(found);
    }

    /**
     * Whether a write may have been done, though it failed.
     *
     * @throws IOException when the store says that it will not do it
     */
    private static boolean doubtful(IOException failure) throws IOException {
        if (!maybeDone(failure)) {
            throw failure;
        }
        return !(failure instanceof S3RefusedException refused && refused.status() == 412);
    }

    /** Whether a write may have been done, or be done yet; else the store has said no. */
    static boolean maybeDone(IOException failure) {
        return !(failure instanceof S3RefusedException refused)
                || refused.conditionFailed()
                || refused.status() == 404;
    }

    private static boolean same(@Nullable StoredRecord one, @Nullable StoredRecord other) {
        return Objects.equals(one == null ? null : one.tag(), other == null ? null : other.tag());
    }

    private Written done(UploadId id, StoredRecord made) {
        remember(id, made);
        return new Written.Done(made);
    }

    /** Deletes what is in the place of a record: a tombstone whose time is over. */
    void delete(UploadId id) throws IOException {
        versions.delete(key(id));
        forget(id);
    }

    private void remember(UploadId id, StoredRecord stored) {
        synchronized (remembered) {
            remembered.put(id, stored.slim());
        }
    }

    private void forget(UploadId id) {
        synchronized (remembered) {
            remembered.remove(id);
        }
    }
}
