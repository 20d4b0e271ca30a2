package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Asks again what a busy store did not answer, a few times with pauses that double. */
final class Tries {

    private static final int MOST = 6;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** After which it is not asked again: some calls are patient themselves. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
        long begun = System.nanoTime();
        Duration pause = SHORTEST_PAUSE;
        for (int left = MOST - 1; ; left--) {
            try {
                return question.ask();
            } catch (IOException e) {
                boolean late = System.nanoTime() - begun > PATIENCE.toNanos();
                if (left == 0 || late || !mayPass(e)) {
                    throw e;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    /** Whether the same call may be answered otherwise in a moment. */
    static boolean mayPass(IOException failure) {
        if (failure instanceof S3RefusedException refused) {
            int status = refused.status();
            return status == 408 || status == 429 || (status >= 500 && status != 501);
        }
        return !(failure instanceof InterruptedIOException);
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    static InterruptedIOException interrupted() {
        return new InterruptedIOException("interrupted while waiting for the S3 store");
    }
}
