package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.catalog.UploadCatalogContract;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real Ceph. */
@Timeout(120)
@ExtendWith(SharedCeph.class)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3UploadCatalogIT extends UploadCatalogContract {

    private final S3Mode mode;
    private final S3Bucket bucket;

    S3UploadCatalogIT(S3Mode mode, CephServer ceph) {
        this.mode = mode;
        bucket = ceph.bucket();
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    @Override
    protected UploadCatalog open() {
        return new S3UploadCatalog(bucket, mode, InstantSource.system());
    }
}
