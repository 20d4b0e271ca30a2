package io.longhaul.client.cli.bench.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens connections and closes those on which nothing moves for too long. One thread looks at all
 * of them now and then: timeouts of the sockets would cost several system calls for each read.
 * Thread-safe.
 */
public final class Watchdog implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Set<WatchedWire> wires = ConcurrentHashMap.newKeySet();
    private final Duration timeout;
    private final Thread thread = new Thread(this::watch, "watchdog");
    private volatile boolean closed;

    private Watchdog(Duration timeout) {
        this.timeout = timeout;
        thread.setDaemon(true);
    }

    public static Watchdog start(Duration timeout) {
        Watchdog watchdog = new Watchdog(timeout);
        watchdog.thread.start();
        return watchdog;
    }

    /** Connects, within the timeout. */
    Wire open(Address address) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        Wire wire =
                address.tls()
                        ? TlsWire.open(address, millis)
                        : PlainWire.open(address.socketAddress(), millis);
        WatchedWire watched = new WatchedWire(wire, timeout, wires::remove);
        wires.add(watched);
        return watched;
    }

    /** Closes every connection that is open now: whoever uses one gets an exception. */
    public void closeAll() {
        wires.forEach(WatchedWire::abort);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        closeAll();
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            long now = System.nanoTime();
            wires.forEach(wire -> wire.closeIfStuck(now));
        }
    }
}
