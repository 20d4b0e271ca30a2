package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: a thread that runs what is waiting in one transaction, so that one sync serves
 * many callers. A caller has its result only after the commit. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {

    /** Opens what the writer writes with; again after a store failure. */
    interface Opening {
        SqliteWriter open() throws SQLException;
    }

    private static final int LARGEST_BATCH = 256;

    private final WriteQueue<PendingWrite<?>> queue = new WriteQueue<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Opening opening;
    private @Nullable SqliteWriter writer;
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
        try {
            return enqueue(work).join();
        } catch (CompletionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Queues a write; the result completes when its transaction is over. */
    <R> CompletableFuture<R> enqueue(PendingWrite.Work<R> work) throws IOException {
        PendingWrite<R> write = new PendingWrite<>(work);
        if (!queue.offer(write)) {
            throw new IOException("the catalog is closed");
        }
        return write.result();
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
        List<PendingWrite<?>> batch = List.of();
        try {
            for (batch = take(); !batch.isEmpty(); batch = take()) {
                commitAll(batch);
            }
        } finally {
            // Also after an Error: nobody may wait for a writer that is no more.
            queue.close();
            fail(batch, new IOException("the catalog's writer has stopped"));
            for (batch = take(); !batch.isEmpty(); batch = take()) {
                fail(batch, new IOException("the catalog's writer has stopped"));
            }
            discardWriter();
            ended.complete(null);
        }
    }

    private List<PendingWrite<?>> take() {
        return queue.take(LARGEST_BATCH);
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
            for (PendingWrite<?> write : batch) {
                open.run(write);
            }
            open.commit();
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
