package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.catalog.OutboxEntry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to deliver the outbox: of the servers on one catalog the one that holds a lock
 * in it, which lasts as long as its connection does. So entries are delivered in order, and by one
 * server as long as none fails. Thread-safe.
 */
final class PostgresqlTurn implements AutoCloseable {

    /** One for each schema. */
    private static final String TAKE =
            "SELECT pg_try_advisory_lock(hashtext('longhaul outbox'), hashtext(current_schema()))";

    private final PostgresqlDatabase database;
    private @Nullable CatalogSession holding;
    private boolean closed;

    PostgresqlTurn(PostgresqlDatabase database) {
        this.database = database;
    }

    /**
     * The oldest entries of the outbox; none when another server delivers them.
     *
     * @throws IOException when the database fails; the turn is another's then
     */
    synchronized List<OutboxEntry> outbox(int limit) throws IOException {
        if (closed) {
            throw new IOException("the catalog is closed");
        }
        try {
            if (holding == null) {
                holding = taken();
            }
            // Over the connection that has the lock: when it is gone, so is the turn.
            return holding == null ? List.of() : holding.outbox(limit);
        } catch (SQLException e) {
            release();
            throw PostgresqlDatabase.failure(e);
        }
    }

    private @Nullable CatalogSession taken() throws SQLException {
        Connection connection = database.connectApart();
        try (PreparedStatement take = connection.prepareStatement(TAKE);
                ResultSet row = take.executeQuery()) {
            if (row.next() && row.getBoolean(1)) {
                return new CatalogSession(connection);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return null;
    }

    private void release() {
        try {
            if (holding != null) {
                holding.close();
            }
        } catch (SQLException _) { // the server lets go of what it does not hear of
        }
        holding = null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}
