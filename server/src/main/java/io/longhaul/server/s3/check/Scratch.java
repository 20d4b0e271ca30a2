package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Multipart;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Keys that nobody else uses, {@code probe/<nonce>/<number>}, and the end of what is below them.
 * Thread-safe.
 */
final class Scratch {

    /** Before all such keys. */
    static final String ALL = "probe/";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PAGE = 1_000;

    private final S3Bucket bucket;
    private final String prefix = ALL + HexFormat.of().toHexDigits(RANDOM.nextLong()) + "/";
    private final AtomicInteger keys = new AtomicInteger();
    private final Map<String, String> multiparts = new ConcurrentHashMap<>();

    Scratch(S3Bucket bucket) {
        this.bucket = bucket;
    }

    String prefix() {
        return prefix;
    }

    /** A key of nothing. */
    String key() {
        return prefix + keys.incrementAndGet();
    }

    /** Starts a multipart upload of a key. */
    String multipart(String key) throws IOException {
        String id = bucket.multiparts().create(key);
        multiparts.put(id, key);
        return id;
    }

    /** Deletes the objects of all keys that were given out, and looks for no others. */
    void deleteKeys() throws IOException {
        List<String> given =
                IntStream.rangeClosed(1, keys.get()).mapToObj(number -> prefix + number).toList();
        try {
            bucket.delete(given);
        } catch (S3RefusedException _) { // maybe it deletes one at a time only
            for (String each : given) {
                bucket.delete(List.of(each));
            }
        }
    }

    /**
     * Deletes whatever is there.
     *
     * @return how many objects and multipart uploads the store shows all the same
     */
    int clear() throws IOException {
        for (Map.Entry<String, String> each : multiparts.entrySet()) {
            bucket.multiparts().abort(each.getValue(), each.getKey());
        }
        for (S3Multipart each : bucket.multiparts().list(prefix)) {
            bucket.multiparts().abort(each.key(), each.uploadId());
        }
        for (S3Entry each : objects()) {
            bucket.delete(List.of(each.key()));
        }
        return objects().size() + bucket.multiparts().list(prefix).size();
    }

    private List<S3Entry> objects() throws IOException {
        return bucket.list(prefix, "", PAGE).entries();
    }
}
