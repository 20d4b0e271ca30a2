package io.longhaul.server.content.s3;

import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real Ceph, with the smallest parts that it takes. */
@ExtendWith(SharedCeph.class)
final class S3ContentStoreIT extends S3ConcatenationContract {

    S3ContentStoreIT(CephServer ceph) {
        super(ceph.bucket(), 5 * MIB);
    }
}
