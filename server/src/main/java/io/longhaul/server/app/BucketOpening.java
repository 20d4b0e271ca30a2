package io.longhaul.server.app;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.check.S3Lifecycle;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the bucket that the settings name, if the store is enough for what is to be in it. */
final class BucketOpening {

    private static final Logger log = LoggerFactory.getLogger(BucketOpening.class);

    private BucketOpening() {}

    static S3Bucket open(LonghaulProperties properties) {
        S3Bucket bucket = new S3Bucket(properties.s3().address());
        try {
            if (properties.catalog() == LonghaulProperties.Catalog.S3) {
                BucketMode.settle(bucket);
            }
            new S3Lifecycle(bucket).warnings(properties.expiry()).forEach(log::warn);
            return bucket;
        } catch (IOException e) {
            bucket.close();
            throw new StartupException(
                    "The store %s cannot be used: %s.".formatted(bucket, e.getMessage()),
                    "Start it, or correct the settings longhaul.s3.*; credentials come from them,"
                            + " or from the environment, a profile or the machine's role.",
                    e);
        } catch (RuntimeException e) {
            bucket.close();
            throw e;
        }
    }
}
