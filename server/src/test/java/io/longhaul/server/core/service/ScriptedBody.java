package io.longhaul.server.core.service;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A body that arrives as a test says; what was not said yet has not arrived yet. */
public final class ScriptedBody implements UploadBody {

    private interface Arrival {
        Piece piece() throws IOException;
    }

    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final OptionalLong length;
    private final AtomicInteger asked = new AtomicInteger();

    private ScriptedBody(OptionalLong length) {
        this.length = length;
    }

    /** A body whose request tells no length. */
    public static ScriptedBody chunked() {
        return new ScriptedBody(OptionalLong.empty());
    }

    public static ScriptedBody ofLength(long length) {
        return new ScriptedBody(OptionalLong.of(length));
    }

    /** A whole body of these bytes. */
    static ScriptedBody of(byte[] bytes) {
        return ofLength(bytes.length).bytes(bytes).end();
    }

    public ScriptedBody bytes(byte[] bytes) {
        byte[] copy = bytes.clone();
        return arriving(() -> new Bytes(ByteBuffer.wrap(copy)));
    }

    public ScriptedBody end() {
        return arriving(End::new);
    }

    public ScriptedBody cut() {
        return arriving(
                () -> {
                    throw new EOFException("the script cuts the body here");
                });
    }

    private ScriptedBody arriving(Arrival arrival) {
        arrivals.add(arrival);
        return this;
    }

    /** Waits until everything that was said has been taken and the reader waits for more. */
    void awaitStalled() throws InterruptedException {
        if (!stalled.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody reads the body");
        }
    }

    /** How often somebody has asked for the next piece. */
    int read() {
        return asked.get();
    }

    @Override
    public Piece next(Duration patience) throws IOException {
        asked.incrementAndGet();
        if (arrivals.isEmpty()) {
            stalled.countDown();
        }
        @Nullable Arrival arrival;
        try {
            arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return arrival == null ? new Nothing() : arrival.piece();
    }

    @Override
    public void wake() {
        arriving(Nothing::new);
    }

    @Override
    public OptionalLong length() {
        return length;
    }
}
