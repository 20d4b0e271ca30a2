package io.longhaul.server.documentation;

import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;

/** To a store where creation alone is atomic. */
final class S3CreateOnlyCallsTests extends S3CallsContract {

    S3CreateOnlyCallsTests() throws IOException {
        super(S3Rules.STRICT.createOnly());
    }
}
