package io.longhaul.server.catalog.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How often something is tried, with pauses that double, and no longer than half a minute.
 *
 * @param first the first pause
 */
record Patience(int tries, Duration first) {

    /** For a write whose outcome is unknown: pauses of 1.5 s in all. */
    static final Patience WRITES = new Patience(6, Duration.ofMillis(50));

    /** For another creation that may be under way: pauses of about a second in all. */
    static final Patience CREATIONS = new Patience(7, Duration.ofMillis(15));

    /** For what others stand in the way of, each of whom gets on. */
    static final Patience CONFLICTS = new Patience(30, Duration.ofMillis(5));

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final Duration TOTAL = Duration.ofSeconds(30);

    Tries start() {
        return new Tries();
    }

    /** The tries of one purpose; not thread-safe. */
    final class Tries {

        private final long begun = System.nanoTime();
        private int made = 1;
        private Duration pause = first;

        /** Waits before the next try; false at once when there is none. */
        boolean again() throws InterruptedIOException {
            if (made == tries || System.nanoTime() - begun > TOTAL.toNanos()) {
                return false;
            }
            made++;
            sleep();
            pause = pause.multipliedBy(2);
            return true;
        }

        /** Waits before the next try, or fails when there is none. */
        void againOr(IOException failure) throws IOException {
            if (!again()) {
                throw failure;
            }
        }

        private void sleep() throws InterruptedIOException {
            try {
                Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the S3 store");
            }
        }
    }
}
