package io.longhaul.server.testing.s3;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The fake store beside the real ones, with few bytes in a part and in a page. */
@Timeout(60)
final class FakeS3StoreTests extends S3StoreContract {

    private final FakeS3 store;
    private final TestBucket bucket;

    FakeS3StoreTests() throws IOException {
        store = FakeS3.start(FakeS3Fixture.RULES);
        bucket = FakeS3Fixture.bucket(store);
    }

    @AfterEach
    void close() {
        bucket.s3().close();
        store.close();
    }

    @Override
    TestBucket bucket() {
        return bucket;
    }
}
