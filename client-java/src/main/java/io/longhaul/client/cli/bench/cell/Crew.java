package io.longhaul.client.cli.bench.cell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Workers on threads of their own, who begin together. For one thread, and one use. */
public final class Crew implements AutoCloseable {

    private final List<Worker> workers;
    private final ExecutorService threads;
    private final CountDownLatch start = new CountDownLatch(1);
    private final List<Future<Tally>> results = new ArrayList<>();

    /** Starts the threads, which wait for {@link #work}. */
    public Crew(List<? extends Worker> workers) {
        this.workers = List.copyOf(workers);
        threads = Executors.newFixedThreadPool(Math.max(1, workers.size()), Crew::daemon);
        this.workers.forEach(worker -> results.add(threads.submit(() -> workAfterStart(worker))));
    }

    /** Lets them work and waits until all have ended. */
    public Tally work() throws InterruptedException {
        start.countDown();
        Tally total = new Tally();
        for (Future<Tally> result : results) {
            try {
                total.add(result.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return total;
    }

    /** Lets each look whether its work has worked. */
    public void check(Tally tally) {
        workers.forEach(worker -> worker.check(tally));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Tally workAfterStart(Worker worker) throws InterruptedException {
        start.await();
        Tally tally = new Tally();
        try {
            worker.work(tally);
        } catch (IOException e) {
            tally.failed(e);
        }
        return tally;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bench");
        thread.setDaemon(true);
        return thread;
    }
}
