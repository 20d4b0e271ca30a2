package io.longhaul.server.s3;

import java.io.IOException;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The SDK's client, for calls that the server itself never makes. Each is made once and, unless it
 * says otherwise, ends within seconds. It is closed with the bucket. Thread-safe.
 *
 * @param prefix what every key has to begin with
 */
public record S3Raw(S3Client client, String bucket, String prefix) {

    /** Makes a call, which fails as those of {@link S3Bucket} do. */
    public <R> R call(Function<S3Client, R> call) throws IOException {
        return S3Calls.made(() -> call.apply(client));
    }

    /** The key as the store knows it. */
    public String full(String key) {
        return prefix + key;
    }
}
