package io.longhaul.server.web;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends bodies that keep a connection with next to nothing: over each full minute they have to bring
 * so many bytes a second on average. Not thread-safe.
 */
final class MinimumRate {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(60);

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long windowStarted;
    private long receivedBefore;

    /**
     * @param bytesPerSecond zero for no minimum
     */
    MinimumRate(long bytesPerSecond) {
        this(bytesPerSecond, System::nanoTime);
    }

    MinimumRate(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        windowStarted = nanoTime.getAsLong();
    }

    /**
     * @param received bytes since the start
     * @throws IOException when the last window had too few of them
     */
    void check(long received) throws IOException {
        long elapsed = nanoTime.getAsLong() - windowStarted;
        if (elapsed < WINDOW) {
            return;
        }
        long needed = bytesPerSecond * TimeUnit.NANOSECONDS.toSeconds(elapsed);
        if (received - receivedBefore < needed) {
            throw new IOException(
                    "the body is slower than %d bytes a second".formatted(bytesPerSecond));
        }
        windowStarted += elapsed;
        receivedBefore = received;
    }
}
