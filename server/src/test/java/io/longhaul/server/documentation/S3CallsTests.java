package io.longhaul.server.documentation;

import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;

/** To a store that heeds all conditions. */
final class S3CallsTests extends S3CallsContract {

    S3CallsTests() throws IOException {
        super(S3Rules.STRICT);
    }
}
