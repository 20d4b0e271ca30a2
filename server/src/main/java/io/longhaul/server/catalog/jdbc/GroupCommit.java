package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. A caller that finds it idle commits on its own thread; changes that come
 * meanwhile wait for a thread that runs all of them in one transaction, so that one sync serves
 * many callers. A caller has its result only after the commit. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {

    /** Opens what the writer writes with; again after a store failure. */
    interface Opening {
        SqliteWriter open() throws SQLException;
    }

    private static final int LARGEST_BATCH = 256;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** After so many batches of one, one after another, callers commit on their own threads. */
    private static final int ENOUGH_LONE_BATCHES = 16;

    private final WriteQueue<PendingWrite<?>> queue = new WriteQueue<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Opening opening;
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable SqliteWriter writer;
    private boolean stopped;
    private volatile int loneBatches = ENOUGH_LONE_BATCHES;
    private final AtomicLong commits = new AtomicLong();

    /** Starts the writer with what it writes with first. */
    GroupCommit(Opening opening) throws SQLException {
        this.opening = opening;
        writer = opening.open();
        Thread.ofPlatform().name("catalog-writer").daemon().start(this::drain);
    }

    /**
     * Runs a write and waits until it is committed. An interrupt does not end the wait: a commit
     * that was asked for is worth having, and it is short.
     */
    <R> R submit(PendingWrite.Work<R> work) throws IOException {
        PendingWrite<R> write = new PendingWrite<>(work);
        if (!commitHere(write)) {
            enqueue(write);
        }
        try {
            return write.result().join();
        } catch (CompletionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * Commits a write at once, which saves waking two threads, unless others are being written or
     * wait to be, or were so of late: then it is cheaper with them.
     */
    private boolean commitHere(PendingWrite<?> write) {
        if (loneBatches < ENOUGH_LONE_BATCHES) {
            return false;
        }
        if (!queue.isEmpty() || !writing.tryLock()) {
            loneBatches = 0;
            return false;
        }
        try {
            if (stopped) {
                return false;
            }
            commitAll(List.of(write));
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** Queues a write; the result completes when its transaction is over. */
    <R> CompletableFuture<R> enqueue(PendingWrite.Work<R> work) throws IOException {
        PendingWrite<R> write = new PendingWrite<>(work);
        enqueue(write);
        return write.result();
    }

    private void enqueue(PendingWrite<?> write) throws IOException {
        if (!queue.offer(write)) {
            throw new IOException("the catalog is closed");
        }
    }

    /** The failure with the trace of the thread that it is thrown on. */
    private static IOException rethrown(Throwable failure) {
        String message = "the catalog did not store a change: " + failure.getMessage();
        return failure instanceof StorageFullException
                ? new StorageFullException(message, failure)
                : new IOException(message, failure);
    }

    /** How many transactions were committed for callers. */
    long commits() {
        return commits.get();
    }

    private void drain() {
        try {
            while (!queue.isOver()) {
                if (queue.await(LOOK_EVERY)) {
                    commitWaiting();
                } else {
                    makeRoom();
                }
            }
        } finally {
            stop();
            ended.complete(null);
        }
    }

    /** Also without changes the disk is to have room for them when it is full. */
    private void makeRoom() {
        writing.lock();
        try {
            if (writer != null) {
                writer.prepare();
            }
        } catch (SQLException | RuntimeException _) { // the next change opens another writer
            discardWriter();
        } finally {
            writing.unlock();
        }
    }

    private void commitWaiting() {
        List<PendingWrite<?>> batch = List.of();
        writing.lock();
        try {
            batch = queue.take(LARGEST_BATCH);
            loneBatches = batch.size() == 1 ? loneBatches + 1 : 0;
            commitAll(batch);
        } catch (Error e) { // nobody may wait for a writer that is no more
            fail(batch, stopping());
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private void stop() {
        queue.close();
        writing.lock();
        try {
            stopped = true;
            fail(queue.take(Integer.MAX_VALUE), stopping());
            discardWriter();
        } finally {
            writing.unlock();
        }
    }

    private static IOException stopping() {
        return new IOException("the catalog's writer has stopped");
    }

    /** One commit for all; when space runs out, one for each, as smaller changes may still fit. */
    private void commitAll(List<PendingWrite<?>> batch) {
        try {
            commit(batch);
        } catch (StorageFullException _) { // each is told on its own below
            for (PendingWrite<?> write : batch) {
                commitAlone(write);
            }
        } catch (IOException e) {
            fail(batch, e);
        }
    }

    private void commitAlone(PendingWrite<?> write) {
        try {
            commit(List.of(write));
        } catch (IOException e) {
            fail(List.of(write), e);
        }
    }

    private void commit(List<PendingWrite<?>> batch) throws IOException {
        try {
            SqliteWriter open = writer == null ? opening.open() : writer;
            writer = open;
            open.prepare();
            open.begin();
            for (PendingWrite<?> write : batch) {
                open.run(write);
            }
            open.commit(batch.size());
        } catch (SQLException | RuntimeException | Error e) {
            discardWriter();
            throw SqliteDatabase.failure(e);
        }
        commits.incrementAndGet();
        batch.forEach(PendingWrite::settle);
    }

    /** Undoes what was not committed. What a failed connection holds is not to be trusted. */
    private void discardWriter() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (SQLException _) { // there is nothing left to do with it
        } finally {
            writer = null;
        }
    }

    private static void fail(List<PendingWrite<?>> batch, IOException failure) {
        batch.forEach(write -> write.fail(failure));
    }

    /** Runs what is waiting, then ends. */
    @Override
    public void close() {
        queue.close();
        ended.join();
    }
}
