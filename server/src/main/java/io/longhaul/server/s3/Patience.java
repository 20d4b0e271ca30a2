package io.longhaul.server.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How often something is tried, with pauses that double.
 *
 * @param tries how many at most
 * @param first the first pause
 * @param longest no pause is longer
 * @param total after which there is no other try
 */
public record Patience(int tries, Duration first, Duration longest, Duration total) {

    /**
     * For a store that is busy, starts anew or is cut off: half a minute of it makes an upload slow
     * and does not end it.
     */
    public static final Patience OUTAGE =
            new Patience(
                    Integer.MAX_VALUE,
                    Duration.ofMillis(50),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1));

    /** Begins with the first try. */
    public Tries start() {
        return new Tries();
    }

    /** The tries of one purpose; not thread-safe. */
    public final class Tries {

        private final long begun = System.nanoTime();
        private int made = 1;
        private Duration pause = first;

        /** Waits before the next try; false at once when there is none. */
        public boolean again() throws InterruptedIOException {
            if (made == tries || System.nanoTime() - begun > total.toNanos()) {
                return false;
            }
            made++;
            sleep();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(longest) < 0 ? doubled : longest;
            return true;
        }

        /** Waits before the next try, or fails when there is none. */
        public void againOr(IOException failure) throws IOException {
            if (!again()) {
                throw failure;
            }
        }

        private void sleep() throws InterruptedIOException {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the S3 store");
            }
        }
    }
}
