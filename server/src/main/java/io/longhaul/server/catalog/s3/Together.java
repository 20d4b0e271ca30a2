package io.longhaul.server.catalog.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Calls the store for many records at once: one after another they would take seconds. */
final class Together {

    static final int AT_ONCE = 16;

    private Together() {}

    /** What is done for one. */
    interface Work<T, R> {
        R run(T one) throws IOException;
    }

    /**
     * What came of each, in order.
     *
     * @throws IOException when one has failed; the others are done all the same, or fail too
     */
    static <T, R> List<R> each(Collection<T> all, Work<T, R> work) throws IOException {
        Semaphore turns = new Semaphore(AT_ONCE);
        List<Future<R>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                running.add(threads.submit(() -> inTurn(turns, one, work)));
            }
        }
        List<R> results = new ArrayList<>();
        for (Future<R> each : running) {
            results.add(result(each));
        }
        return results;
    }

    private static <T, R> R inTurn(Semaphore turns, T one, Work<T, R> work)
            throws IOException, InterruptedException {
        turns.acquire();
        try {
            return work.run(one);
        } finally {
            turns.release();
        }
    }

    private static <R> R result(Future<R> done) throws IOException {
        try {
            return done.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the S3 store");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    cause instanceof IOException ? cause.getMessage() : String.valueOf(cause), e);
        }
    }
}
