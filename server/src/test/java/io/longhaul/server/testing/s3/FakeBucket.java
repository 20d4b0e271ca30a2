package io.longhaul.server.testing.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket. What concerns one key happens in an order, one after another; a list
 * sees what was there when it came to it. Thread-safe.
 */
final class FakeBucket {

    private static final int LOCKS = 256;
    private static final Duration TOO_EARLY = Duration.ofMillis(10);

    private final S3Rules rules;
    private final NavigableMap<String, FakeObject> objects = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, FakeMultipart> multiparts = new ConcurrentHashMap<>();
    private final List<Object> locks =
            IntStream.range(0, LOCKS).mapToObj(_ -> new Object()).toList();
    private volatile @Nullable String lifecycle;

    FakeBucket(S3Rules rules) {
        this.rules = rules;
    }

    private Object lock(String key) {
        return locks.get(Math.floorMod(key.hashCode(), LOCKS));
    }

    private void check(String key, Conditions conditions) throws S3Failure {
        switch (rules.conditional()) {
            case HEEDED -> conditions.check(key, objects.get(key));
            case HEEDED_FOR_CREATION -> conditions.onCreation().check(key, objects.get(key));
            case HEEDED_TOO_EARLY, IGNORED -> {}
            case REFUSED -> conditions.checkNone();
        }
    }

    /** What a store does that does not look again when it writes. */
    private void checkEarly(String key, Conditions conditions) throws S3Failure {
        boolean early =
                switch (rules.conditional()) {
                    case HEEDED_TOO_EARLY -> true;
                    case HEEDED_FOR_CREATION -> !conditions.absent();
                    case HEEDED, IGNORED, REFUSED -> false;
                };
        if (early && !conditions.equals(Conditions.NONE)) {
            conditions.check(key, objects.get(key));
            LockSupport.parkNanos(TOO_EARLY.toNanos());
        }
    }

    FakeObject put(String key, byte[] bytes, Conditions conditions) throws S3Failure {
        FakeObject object = FakeObject.of(bytes);
        checkEarly(key, conditions);
        synchronized (lock(key)) {
            check(key, conditions);
            objects.put(key, object);
        }
        return object;
    }

    FakeObject get(String key) throws S3Failure {
        FakeObject object = objects.get(key);
        if (object == null) {
            throw S3Failure.noSuchKey(key);
        }
        return object;
    }

    /** Does nothing when there is no such object, unless that was a condition. */
    void delete(String key, Conditions conditions) throws S3Failure {
        synchronized (lock(key)) {
            check(key, conditions);
            objects.remove(key);
        }
    }

    /** The objects whose keys begin so and come behind one, in order. */
    NavigableMap<String, FakeObject> list(String prefix, String after, int limit) {
        return list(prefix, after, limit, Instant.MAX);
    }

    /** The same without those that were written after some time. */
    NavigableMap<String, FakeObject> list(String prefix, String after, int limit, Instant until) {
        NavigableMap<String, FakeObject> page = new TreeMap<>();
        String from = after.compareTo(prefix) < 0 ? prefix : after;
        for (var entry : objects.tailMap(from, !from.equals(after)).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || page.size() == limit) {
                break;
            }
            if (!entry.getValue().modified().isAfter(until)) {
                page.put(entry.getKey(), entry.getValue());
            }
        }
        return page;
    }

    FakeMultipart begin(String key) {
        String id = UUID.randomUUID().toString();
        FakeMultipart multipart = new FakeMultipart(key, id, rules);
        multiparts.put(id, multipart);
        return multipart;
    }

    FakeMultipart multipart(String key, String id) throws S3Failure {
        FakeMultipart multipart = multiparts.get(id);
        if (multipart == null || !multipart.key().equals(key)) {
            throw S3Failure.noSuchUpload(id);
        }
        return multipart;
    }

    FakeObject complete(FakeMultipart multipart, List<FakeMultipart.Named> parts, Conditions when)
            throws S3Failure {
        synchronized (lock(multipart.key())) {
            check(multipart.key(), when);
            FakeObject object = multipart.complete(parts);
            objects.put(multipart.key(), object);
            end(multipart);
            return object;
        }
    }

    void end(FakeMultipart multipart) {
        multipart.end();
        multiparts.remove(multipart.id());
    }

    /** Those that are under way, in no order. */
    List<FakeMultipart> multiparts() {
        return List.copyOf(multiparts.values());
    }

    void lifecycle(String configuration) {
        lifecycle = configuration;
    }

    Optional<String> lifecycle() {
        return Optional.ofNullable(lifecycle);
    }
}
