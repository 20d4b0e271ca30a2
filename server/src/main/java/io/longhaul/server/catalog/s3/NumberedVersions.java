package io.longhaul.server.catalog.s3;

import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Object;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each version is an object {@code <key>/<number>} that is created and never replaced, for stores
 * that heed {@code If-None-Match: *} and not {@code If-Match}. Numbers count down, as a list begins
 * with the least one. The latest version is the first of the list, and nothing else counts.
 * Thread-safe.
 *
 * <p>Old versions are deleted, so a writer who was away can create a number that was there before.
 * Nobody reads it, as a later version is there; and the writer finds out, because it lists the
 * versions after its write: it has done it if its own is the first, and the one it followed is the
 * second. The latest version and the one before it are never deleted, except when all are. Only who
 * followed one of those meanwhile finds its own first and not the other: it deletes it again.
 *
 * <p>Where that writer dies before it has, its version stays the latest. As a record is deleted a
 * day after its removal, only a write that comes a day late can do that; a creation key is deleted
 * with the record it names, and there two must be about to take it in that moment.
 */
final class NumberedVersions implements Versions {

    /** How long a version stays that was followed: longer than a call takes that may list it. */
    static final Duration KEPT = Duration.ofMinutes(5);

    private static final int PAGE = 1_000;

    private final S3Bucket bucket;
    private final Duration kept;

    NumberedVersions(S3Bucket bucket, Duration kept) {
        this.bucket = bucket;
        this.kept = kept;
    }

    private static String name(String key, long number) {
        return "%s/%016x".formatted(key, Long.MAX_VALUE - number);
    }

    private static Tag tag(S3Entry entry) throws IOException {
        String digits = entry.key().substring(entry.key().lastIndexOf('/') + 1);
        try {
            return new Tag(Long.MAX_VALUE - Long.parseLong(digits, 16), entry.etag());
        } catch (NumberFormatException e) {
            throw new IOException("not a version: '%s'".formatted(entry.key()), e);
        }
    }

    private List<S3Entry> list(String key, String after, int limit) throws IOException {
        return bucket.list(key + "/", after, limit).entries();
    }

    @Override
    public Optional<Version> latest(String key) throws IOException {
        Patience.Tries tries = Retries.CONFLICTS.start();
        while (true) {
            List<S3Entry> first = list(key, "", 1);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            Tag latest = tag(first.getFirst());
            Optional<S3Object> found = bucket.get(first.getFirst().key());
            if (found.isPresent() && found.get().etag().equals(latest.etag())) {
                return Optional.of(new Version(found.get().bytes(), latest));
            }
            tries.againOr(new IOException("the version that is listed is not there"));
        }
    }

    @Override
    public Tag write(String key, byte[] bytes, @Nullable Tag followed) throws IOException {
        long number = followed == null ? 1 : followed.number() + 1;
        String name = name(key, number);
        Tag written = new Tag(number, bucket.put(name, bytes, S3Condition.ABSENT));
        List<S3Entry> listed = list(key, "", PAGE);
        if (listed.isEmpty() || !tag(listed.getFirst()).equals(written)) {
            throw new IOException("a later version is there");
        }
        if (followed != null && (listed.size() == 1 || !tag(listed.get(1)).equals(followed))) {
            bucket.delete(List.of(name));
            throw new IOException("the version that was to be followed is not there any more");
        }
        tidy(listed);
        return written;
    }

    /** Deletes what was followed long ago, by the store's clock alone. */
    private void tidy(List<S3Entry> listed) {
        Instant recent = listed.getFirst().modified().minus(kept);
        List<String> old = new ArrayList<>();
        for (int i = 2; i < listed.size(); i++) {
            if (!listed.get(i - 1).modified().isAfter(recent)) {
                old.add(listed.get(i).key());
            }
        }
        try {
            bucket.delete(old);
        } catch (IOException _) { // the next write does it
        }
    }

    @Override
    public void delete(String key) throws IOException {
        deleteBehind(key, "");
    }

    @Override
    public void delete(String key, Tag latest) throws IOException {
        List<S3Entry> first = list(key, "", 1);
        if (!first.isEmpty() && tag(first.getFirst()).equals(latest)) {
            deleteBehind(key, name(key, latest.number() + 1));
        }
    }

    /** The latest one comes last: what was before must not be the latest again. */
    private void deleteBehind(String key, String after) throws IOException {
        List<S3Entry> left = list(key, after, PAGE);
        while (left.size() > 1) {
            bucket.delete(left.stream().skip(1).map(S3Entry::key).toList());
            left = list(key, after, PAGE);
        }
        bucket.delete(left.stream().map(S3Entry::key).toList());
    }
}
