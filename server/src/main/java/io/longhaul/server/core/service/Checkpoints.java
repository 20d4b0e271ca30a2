package io.longhaul.server.core.service;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a long append commits what it has: a crash costs no more than what has come since, and what
 * was on its way to the store. To send few bytes again costs less than to force them to the disk
 * every few seconds for thousands of slow uploads.
 *
 * @param bytes whenever so many have arrived; those that the store has by then
 * @param interval after so much time, when more than a few have arrived
 * @param few how many bytes can wait longer
 * @param longest how long they wait
 */
public record Checkpoints(long bytes, Duration interval, long few, Duration longest) {

    public static final Checkpoints DEFAULT =
            new Checkpoints(128L << 20, Duration.ofSeconds(5), 64L << 10, Duration.ofMinutes(2));

    /**
     * The same for one append, which waits half as long or longer with its few: of thousands that
     * begin together not all are to be committed together.
     */
    Checkpoints spread() {
        double share = ThreadLocalRandom.current().nextDouble(0.5, 1);
        return new Checkpoints(
                bytes, interval, few, Duration.ofMillis((long) (longest.toMillis() * share)));
    }

    /** Whether so many bytes are to be committed as soon as they can be. */
    boolean many(long count) {
        return count >= bytes;
    }

    /** Whether so many bytes have waited long enough, for so much time, to be committed at once. */
    boolean due(long count, Duration age) {
        return age.compareTo(patience(count)) >= 0;
    }

    /** How long so many bytes wait for their commit. */
    Duration patience(long count) {
        return count > few ? interval : longest;
    }
}
