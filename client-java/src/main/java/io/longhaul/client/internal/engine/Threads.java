package io.longhaul.client.internal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The client's own threads, made when they are needed; they do not keep a program alive. */
final class Threads implements Executor {

    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Lets running tasks end. */
    void close() {
        threads.shutdown();
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "longhaul-upload-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
