package io.longhaul.server.content.s3;

import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;

/** With the parts that the server makes. */
final class S3ContentStoreTests extends S3ContentFixture {

    S3ContentStoreTests() throws IOException {
        super(PartSizes.DEFAULT, S3Rules.STRICT);
    }
}
