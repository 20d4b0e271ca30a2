package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Bucket;
import java.time.Duration;
import java.time.InstantSource;

/** The catalog that only creates, with versions that are deleted soon after they were followed. */
public final class BriefVersions {

    /** So that the number of a version is free again while a slow request still wants it. */
    private static final Duration KEPT = Duration.ofMillis(20);

    private BriefVersions() {}

    /** Opens a catalog. */
    public static UploadCatalog catalog(S3Bucket bucket, InstantSource clock) {
        return new S3UploadCatalog(
                bucket,
                new NumberedVersions(bucket, KEPT),
                clock,
                Patience.OUTAGE,
                Retries.CREATIONS);
    }
}
