package io.longhaul.server.catalog.s3;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object, whose versions replace one another under {@code If-Match}. No two have the same ETag,
 * so a write that was overtaken can never be done late. Thread-safe.
 */
final class ReplacedVersions implements Versions {

    private final S3Bucket bucket;

    ReplacedVersions(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private static Tag tag(String etag) {
        return new Tag(0, etag);
    }

    @Override
    public Optional<Version> latest(String key) throws IOException {
        return bucket.get(key).map(found -> new Version(found.bytes(), tag(found.etag())));
    }

    @Override
    public Tag write(String key, byte[] bytes, @Nullable Tag followed) throws IOException {
        S3Condition condition =
                followed == null ? S3Condition.ABSENT : new S3Condition.Unchanged(followed.etag());
        return tag(bucket.put(key, bytes, condition));
    }

    @Override
    public void delete(String key) throws IOException {
        bucket.delete(List.of(key));
    }

    @Override
    public void delete(String key, Tag latest) throws IOException {
        try {
            bucket.delete(key, latest.etag());
        } catch (S3RefusedException _) {
            // It was followed, or the store knows no such condition: then it stays.
        }
    }
}
