package io.longhaul.client.internal.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Lets a bounded number of runs go at once, in the order in which they came. Thread-safe. */
final class Admission {

    private final Executor executor;
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Admission(Executor executor, int most) {
        this.executor = executor;
        this.most = most;
    }

    synchronized void enter(Runnable run) {
        waiting.add(run);
        admit();
    }

    private void admit() {
        while (running < most && !waiting.isEmpty()) {
            Runnable run = waiting.remove();
            running++;
            executor.execute(() -> runAndLeave(run));
        }
    }

    private void runAndLeave(Runnable run) {
        try {
            run.run();
        } finally {
            leave();
        }
    }

    private synchronized void leave() {
        running--;
        admit();
    }
}
