package io.longhaul.server.catalog.jdbc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer. Once closed it takes nothing more, so that nothing can be added that
 * nobody will take. Thread-safe.
 */
final class WriteQueue<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private boolean closed;

    /** Adds to the end; false, and nothing added, when the queue is closed. */
    boolean offer(T write) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(write);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something; false when there is nothing after some time, or at the end.
     */
    boolean await(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !waiting.isEmpty();
        } catch (InterruptedException _) { // nobody means it: what waits is to be written
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is there, and nothing can come. */
    boolean isOver() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is there, from the front. */
    List<T> take(int most) {
        lock.lock();
        try {
            List<T> batch = new ArrayList<>();
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
