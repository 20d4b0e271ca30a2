package io.longhaul.client.internal.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells everything that an upload does to stop, once and for good. Thread-safe. */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<Runnable> reactions = ConcurrentHashMap.newKeySet();

    public void stop() {
        stopped.countDown();
        reactions.forEach(Runnable::run);
    }

    public void check() throws StoppedException {
        if (stopped.getCount() == 0) {
            throw new StoppedException();
        }
    }

    /** Waits; ends early by the signal or an interrupt. */
    public void sleep(Duration time) throws StoppedException {
        try {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /** Runs the reaction when the signal comes, at once if it has come already. */
    public void whenStopped(Runnable reaction) {
        reactions.add(reaction);
        if (stopped.getCount() == 0) {
            reaction.run();
        }
    }

    /** Takes back {@link #whenStopped}. */
    public void forget(Runnable reaction) {
        reactions.remove(reaction);
    }
}
