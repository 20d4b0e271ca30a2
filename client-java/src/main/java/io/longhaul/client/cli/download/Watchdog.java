package io.longhaul.client.cli.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a stream from which nothing was read for too long, which ends the read that waits. */
final class Watchdog implements Closeable {

    private final InputStream stream;
    private final Duration limit;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile long last = System.nanoTime();
    private volatile boolean bites;

    Watchdog(InputStream stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
        var thread = new Thread(this::watch, "stall watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    void moved() {
        last = System.nanoTime();
    }

    /** Whether it has closed the stream. */
    boolean bites() {
        return bites;
    }

    @Override
    public void close() {
        end.countDown();
    }

    private void watch() {
        try {
            while (!end.await(left(), TimeUnit.NANOSECONDS)) {
                if (left() <= 0) {
                    bites = true;
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            // Nobody interrupts it, and closing a stream for its reader cannot fail for us.
            bites = true;
        }
    }

    private long left() {
        return last + limit.toNanos() - System.nanoTime();
    }
}
