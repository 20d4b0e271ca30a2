package io.longhaul.server.testing.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.CephPrograms;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A real store does what the server expects of every store. */
@Timeout(60)
final class CephS3IT extends S3StoreContract {

    private static CephServer ceph;

    private final TestBucket bucket;

    CephS3IT() {
        bucket = new TestBucket(ceph.client(), ceph.newBucket(), S3Rules.STRICT.leastPart());
    }

    @BeforeAll
    @Timeout(300)
    static void start() throws IOException, InterruptedException {
        var found = CephPrograms.find();
        assumeTrue(found.isPresent(), "there is no Ceph");
        ceph = CephServer.start(found.get());
    }

    @AfterAll
    static void stop() {
        if (ceph != null) {
            ceph.close();
        }
    }

    @Override
    TestBucket bucket() {
        return bucket;
    }
}
