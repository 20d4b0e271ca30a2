package io.longhaul.server.app;

import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;

/** Opens the bucket that the settings name, if it can be used. */
final class BucketOpening {

    private BucketOpening() {}

    static S3Bucket open(S3Settings settings) {
        S3Bucket bucket = new S3Bucket(settings.address());
        try {
            bucket.list("", "", 1);
            return bucket;
        } catch (IOException | RuntimeException e) {
            bucket.close();
            throw new StartupException(
                    "The store %s cannot be used: %s.".formatted(bucket, e.getMessage()),
                    "Start it, or correct the settings longhaul.s3.*; credentials come from them,"
                            + " or from the environment, a profile or the machine's role.",
                    e);
        }
    }
}
