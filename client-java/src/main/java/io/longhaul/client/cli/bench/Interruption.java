package io.longhaul.client.cli.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a run in order: what is under way is broken off, its uploads are deleted, and the
 * figures so far are printed, unless all that takes too long.
 */
final class Interruption implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable breakOff;
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean requested;

    private Interruption(Runnable breakOff) {
        this.breakOff = breakOff;
    }

    static Interruption watch(Runnable breakOff) {
        Interruption interruption = new Interruption(breakOff);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean isRequested() {
        return requested;
    }

    /** The run has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook runs, and has been told.
        }
    }

    private void interrupt() {
        requested = true;
        breakOff.run();
        try {
            if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.printf(
                        "Cleaning up takes more than %d s: some uploads are left.%n",
                        LIMIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
