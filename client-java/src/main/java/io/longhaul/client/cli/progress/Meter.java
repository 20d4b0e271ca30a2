package io.longhaul.client.cli.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * A moving average over the last ten seconds. Bytes that are counted a second time, after a lost
 * connection, count as moved again; what was there before the first look does not count. Not
 * thread-safe.
 */
public final class Meter {

    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final double SECOND = 1e9;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long lastMoved = -1;
    private long sum;

    private record Sample(long time, long sum) {}

    /**
     * Takes a look.
     *
     * @param nanos a clock that never goes back
     * @param moved bytes so far; less than before when they have to be sent again
     */
    public void sample(long nanos, long moved) {
        if (lastMoved < 0 && moved == 0) {
            return;
        }
        if (lastMoved >= 0) {
            sum += Math.max(0, moved - lastMoved);
        }
        lastMoved = moved;
        samples.addLast(new Sample(nanos, sum));
        while (samples.size() > 2 && nanos - samples.getFirst().time() > WINDOW) {
            samples.removeFirst();
        }
    }

    /** Bytes in a second; empty while there is nothing to compare. */
    public OptionalDouble rate() {
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        long nanos = samples.getLast().time() - samples.getFirst().time();
        long bytes = samples.getLast().sum() - samples.getFirst().sum();
        return nanos <= 0 ? OptionalDouble.empty() : OptionalDouble.of(bytes / (nanos / SECOND));
    }
}
