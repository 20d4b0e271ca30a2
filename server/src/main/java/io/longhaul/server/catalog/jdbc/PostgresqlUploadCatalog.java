package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The catalog in a PostgreSQL database, for any number of processes. A full disk of the database is
 * told as {@link io.longhaul.server.core.content.StorageFullException}. Of the processes one at a
 * time is given the outbox. Thread-safe; after closing, every call fails with an {@link
 * IOException}.
 */
public final class PostgresqlUploadCatalog implements UploadCatalog, Closeable {

    private final PostgresqlDatabase database;
    private final PostgresqlTurn turn;

    /**
     * Connects, and creates the tables when they are not there.
     *
     * @throws IOException when the server cannot be reached, refuses, or does not keep commits as
     *     is asked for; the message follows the server's name
     */
    public PostgresqlUploadCatalog(PostgresqlAddress address, Durability durability)
            throws IOException {
        database = new PostgresqlDatabase(address);
        try {
            database.check(durability);
            database.migrate();
        } catch (IOException e) {
            database.close();
            throw e;
        }
        turn = new PostgresqlTurn(database);
    }

    /**
     * What tells the content apart that the records name.
     *
     * @return empty when no content was made known yet
     */
    public Optional<String> contentHome() throws IOException {
        return each(
                connection -> {
                    try (PreparedStatement select =
                                    connection.prepareStatement("SELECT id FROM content_home");
                            ResultSet row = select.executeQuery()) {
                        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                    }
                });
    }

    /** Makes content known, unless some is known already. */
    public void knowContentHome(String id) throws IOException {
        each(
                connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO content_home (id) VALUES (?)"
                                            + " ON CONFLICT DO NOTHING")) {
                        insert.setString(1, id);
                        return insert.executeUpdate();
                    }
                });
    }

    @Override
    public Upload create(Upload upload, UploadEvent... outbox) throws IOException {
        return atOnce(outbox, session -> session.create(upload, outbox));
    }

    @Override
    public Optional<Upload> find(UploadId id) throws IOException {
        return each(connection -> new CatalogSession(connection).find(id));
    }

    @Override
    public Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... outbox)
            throws IOException {
        return atOnce(outbox, session -> session.replace(changed, expectedVersion, outbox));
    }

    @Override
    public boolean remove(UploadId id, long expectedVersion) throws IOException {
        return each(connection -> new CatalogSession(connection).remove(id, expectedVersion));
    }

    @Override
    public List<Upload> due(Instant now, int limit) throws IOException {
        return each(connection -> new CatalogSession(connection).due(now, limit));
    }

    @Override
    public List<OutboxEntry> outbox(int limit) throws IOException {
        return turn.outbox(limit);
    }

    @Override
    public void acknowledge(List<OutboxEntry> delivered) throws IOException {
        Long[] numbers = delivered.stream().map(OutboxRow::number).toArray(Long[]::new);
        each(
                connection -> {
                    try (PreparedStatement delete =
                            connection.prepareStatement(
                                    "DELETE FROM outbox WHERE number = ANY (?)")) {
                        delete.setArray(1, connection.createArrayOf("bigint", numbers));
                        return delete.executeUpdate();
                    }
                });
    }

    /** What is done on a connection. */
    private interface Work<R> {
        R run(Connection connection) throws SQLException;
    }

    /** What is done by statements of the catalog. */
    private interface Change<R> {
        R run(CatalogSession session) throws SQLException;
    }

    /** Each statement is a transaction, and one round trip. */
    private <R> R each(Work<R> work) throws IOException {
        try (Connection connection = database.connection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw PostgresqlDatabase.failure(e);
        } catch (RuntimeException e) {
            throw new IOException("the catalog cannot be read: " + e.getMessage(), e);
        }
    }

    /** A change with events is one transaction; what is not committed is undone with it. */
    private <R> R atOnce(UploadEvent[] outbox, Change<R> change) throws IOException {
        if (outbox.length == 0) {
            return each(connection -> change.run(new CatalogSession(connection)));
        }
        return each(
                connection -> {
                    connection.setAutoCommit(false);
                    R result = change.run(new CatalogSession(connection));
                    connection.commit();
                    return result;
                });
    }

    /** Waits for nobody: what is under way fails, or is committed. */
    @Override
    public void close() {
        turn.close();
        database.close();
    }
}
