package io.longhaul.server.testing.s3;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The fake store, with few bytes in a part and in a page, and the real client of S3. */
@Timeout(60)
abstract class FakeS3Fixture {

    static final int PAGE = 3;
    static final String KEY = "a/key with+odd&letters";
    static final S3Rules RULES = S3Rules.STRICT.small(10, PAGE);

    final FakeS3 store;
    final TestBucket bucket;

    FakeS3Fixture() throws IOException {
        store = FakeS3.start(RULES);
        bucket = bucket(store);
    }

    @AfterEach
    void close() {
        bucket.s3().close();
        store.close();
    }

    static TestBucket bucket(FakeS3 store) {
        return new TestBucket(
                TestBucket.connect(store.endpoint(), "id", "key"),
                FakeS3.BUCKET,
                RULES.leastPart());
    }
}
