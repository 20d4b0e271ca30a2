package io.longhaul.client.cli.bench.cell;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A time that has begun, and ends early when the run is stopped. */
final class Period {

    private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

    private final BooleanSupplier stopped;
    private final long end;

    Period(Duration length, BooleanSupplier stopped) {
        this.stopped = stopped;
        end = System.nanoTime() + length.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0 || stopped.getAsBoolean();
    }

    /** Waits until then, or until the end if that comes first. */
    void waitUntil(long nanoTime) {
        long target = nanoTime - end < 0 ? nanoTime : end;
        for (long left = target - System.nanoTime();
                left > 0 && !stopped.getAsBoolean();
                left = target - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits a little, so that a server that refuses at once is not asked as fast as can be. */
    void pauseAfterFailure() {
        waitUntil(System.nanoTime() + AFTER_FAILURE.toNanos());
    }
}
