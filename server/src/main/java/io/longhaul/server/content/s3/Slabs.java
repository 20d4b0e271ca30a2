package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.StoreUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory outside the heap in which parts wait to be sent, in small pieces of one size. What was
 * used once is kept for the next. Thread-safe.
 */
final class Slabs implements Closeable {

    /** Bytes in a slab: what a slow upload holds at least. */
    static final int SIZE = 32 << 10;

    /** Longer than a call to the store lasts, whose end gives memory back. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final int count;
    private final Semaphore free;
    private final Arena arena = Arena.ofShared();
    private final ConcurrentLinkedQueue<ByteBuffer> returned = new ConcurrentLinkedQueue<>();

    /**
     * @param bytes of all slabs together
     */
    Slabs(long bytes) {
        count = Math.toIntExact(Math.max(1, bytes / SIZE));
        free = new Semaphore(count);
    }

    /** An empty slab; none when all are taken. */
    Optional<ByteBuffer> tryTake() {
        return free.tryAcquire() ? Optional.of(any()) : Optional.empty();
    }

    /**
     * Waits for a slab. Whoever waits must hold none: then those who do get on.
     *
     * @throws IOException when there was none for a long time
     */
    ByteBuffer take() throws IOException {
        try {
            if (free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return any();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for memory", e);
        }
        throw new StoreUnavailableException(
                "no memory for more bytes within %d s: the S3 store takes them too slowly"
                        .formatted(PATIENCE.toSeconds()));
    }

    private ByteBuffer any() {
        ByteBuffer slab = returned.poll();
        return slab == null ? arena.allocate(SIZE).asByteBuffer() : slab.clear();
    }

    void release(ByteBuffer slab) {
        returned.add(slab);
        free.release();
    }

    /** Whether more than half are taken, so that nobody should hold what can be written away. */
    boolean scarce() {
        return free.availablePermits() < count / 2;
    }

    /** How many are not taken. */
    int available() {
        return free.availablePermits();
    }

    /** Gives the memory back; nobody may hold a slab. */
    @Override
    public void close() {
        arena.close();
    }
}
