package io.longhaul.server.catalog.jdbc;

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

    /** Waits until there is something; false when there is nothing, and the queue is closed. */
    boolean await() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return !waiting.isEmpty();
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
