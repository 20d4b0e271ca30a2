package io.longhaul.server.testing.s3;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Ceph beside the fake store. */
@Timeout(60)
@ExtendWith(SharedCeph.class)
final class CephS3IT extends S3StoreContract {

    private final TestBucket bucket;

    CephS3IT(CephServer ceph) {
        bucket = new TestBucket(ceph.client(), ceph.newBucket(), S3Rules.STRICT.leastPart());
    }

    @Override
    TestBucket bucket() {
        return bucket;
    }
}
