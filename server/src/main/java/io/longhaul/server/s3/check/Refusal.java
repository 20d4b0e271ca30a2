package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;

/** Whether a store refuses what it ought to refuse. */
final class Refusal {

    private Refusal() {}

    /**
     * Asks once.
     *
     * @throws IOException when the store is busy, or does not answer
     */
    static boolean of(Tries.Question<?> question) throws IOException {
        try {
            question.ask();
            return false;
        } catch (S3RefusedException _) {
            return true;
        }
    }
}
