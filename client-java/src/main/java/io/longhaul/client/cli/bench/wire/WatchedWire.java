package io.longhaul.client.cli.bench.wire;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/** A wire that remembers since when it waits, so that a watchdog can close it. */
final class WatchedWire implements Wire {

    private static final long IDLE = Long.MIN_VALUE;

    private final Wire wire;
    private final Duration timeout;
    private final Consumer<WatchedWire> closed;
    private volatile long waitingSince = IDLE;
    private volatile boolean stuck;

    WatchedWire(Wire wire, Duration timeout, Consumer<WatchedWire> closed) {
        this.wire = wire;
        this.timeout = timeout;
        this.closed = closed;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        waitingSince = System.nanoTime();
        try {
            wire.write(bytes);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            waitingSince = IDLE;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        waitingSince = System.nanoTime();
        try {
            return wire.read(target);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            waitingSince = IDLE;
        }
    }

    @Override
    public boolean isSilent() throws IOException {
        return wire.isSilent();
    }

    @Override
    public void close() throws IOException {
        closed.accept(this);
        wire.close();
    }

    void closeIfStuck(long now) {
        long since = waitingSince;
        if (since != IDLE && now - since > timeout.toNanos()) {
            stuck = true;
            abort();
        }
    }

    void abort() {
        try {
            close();
        } catch (IOException e) {
            // It is of no use any more, and whoever uses it gets an exception of his own.
        }
    }

    private IOException explained(IOException e) {
        if (!stuck) {
            return e;
        }
        var timedOut =
                new SocketTimeoutException("nothing moved for %d s".formatted(timeout.toSeconds()));
        timedOut.initCause(e);
        return timedOut;
    }
}
