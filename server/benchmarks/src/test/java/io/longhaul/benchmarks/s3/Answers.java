package io.longhaul.benchmarks.s3;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;

/** Answers that have to be. */
final class Answers {

    private Answers() {}

    static RawResponse expect(int status, RawResponse answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("%d was expected: %s".formatted(status, answer));
        }
        return answer;
    }
}
