package io.longhaul.server.catalog.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A change on its way through the writer; what came of it is told when it is settled. */
final class PendingWrite<R> {

    /** The change itself. It may run again when a transaction that it ran in was undone. */
    interface Work<R> {
        R run(SqliteWriter writer) throws SQLException, IOException;
    }

    private final Work<R> work;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private @Nullable Outcome<R> outcome;

    private record Outcome<R>(@Nullable R value, @Nullable Exception failure) {}

    PendingWrite(Work<R> work) {
        this.work = work;
    }

    /** Completes when the transaction with the change is over. */
    CompletableFuture<R> result() {
        return result;
    }

    void run(SqliteWriter writer) throws SQLException, IOException {
        outcome = new Outcome<>(work.run(writer), null);
    }

    /** Notes that the change was undone, without a word to its caller yet. */
    void undone(Exception failure) {
        outcome = new Outcome<>(null, failure);
    }

    /** Tells the caller what came of it. */
    @SuppressWarnings("NullAway") // a value is null only when the change itself returned null
    void settle() {
        if (outcome == null) {
            fail(new IOException("the change was not run"));
        } else if (outcome.failure() == null) {
            result.complete(outcome.value());
        } else {
            result.completeExceptionally(outcome.failure());
        }
    }

    /** Tells the caller that the transaction failed; does nothing once it is settled. */
    void fail(IOException failure) {
        result.completeExceptionally(failure);
    }
}
