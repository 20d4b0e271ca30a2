package io.longhaul.server.testing;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Lets threads through while it is open, as it is at first. Thread-safe. */
final class Gate {

    private boolean closed;

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    /** Waits until it is open. */
    synchronized void pass() throws IOException {
        try {
            while (closed) {
                wait();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before a closed gate");
        }
    }
}
