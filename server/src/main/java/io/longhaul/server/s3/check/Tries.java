package io.longhaul.server.s3.check;

import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Asks again what a busy store did not answer, a few times with pauses that double. */
final class Tries {

    /** In all not longer than so: some calls are patient themselves. */
    private static final Patience PATIENCE =
            new Patience(6, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(20));

    private Tries() {}

    /** What is asked. */
    @FunctionalInterface
    interface Question<R> {
        R ask() throws IOException;
    }

    /**
     * The first answer.
     *
     * @throws IOException when there was none, or one that stays as it is
     */
    static <R> R of(Question<R> question) throws IOException {
        Patience.Tries tries = PATIENCE.start();
        while (true) {
            try {
                return question.ask();
            } catch (IOException e) {
                if (!mayPass(e)) {
                    throw e;
                }
                tries.againOr(e);
            }
        }
    }

    /** Whether the same call may be answered otherwise in a moment. */
    static boolean mayPass(IOException failure) {
        return !(failure instanceof S3RefusedException
                || failure instanceof InterruptedIOException);
    }

    static InterruptedIOException interrupted() {
        return new InterruptedIOException("interrupted while waiting for the S3 store");
    }
}
