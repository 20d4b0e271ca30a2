package io.longhaul.server.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and who may use it.
 *
 * @param endpoint null for that of AWS in the region
 * @param prefix what every key begins with; empty, or it ends in a slash
 * @param pathStyle whether the bucket is named in the path instead of in the host's name
 * @param accessKey null for what the environment, the machine's role or a profile gives
 * @param secretKey null when the access key is
 */
public record S3Address(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey) {

    /** The same bucket, reached in another way. */
    public S3Address at(URI other) {
        return new S3Address(other, region, bucket, prefix, pathStyle, accessKey, secretKey);
    }

    /** The key as the store knows it. */
    String full(String key) {
        return prefix + key;
    }

    /** The key without the prefix. */
    String own(String key) {
        return key.substring(prefix.length());
    }

    /** For messages: no credentials. */
    @Override
    public String toString() {
        return "s3://%s/%s%s".formatted(bucket, prefix, endpoint == null ? "" : " at " + endpoint);
    }
}
