package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalog's statements on one connection, each prepared once. The SQL is the part that SQLite
 * and PostgreSQL share. A session neither begins nor ends transactions. Not thread-safe.
 */
final class CatalogSession implements AutoCloseable {

    private static final String INSERT =
            "INSERT INTO upload (%s) VALUES (%s)".formatted(UploadRow.COLUMNS, UploadRow.PARAMETERS)
                    + " ON CONFLICT (creation_key) WHERE creation_key IS NOT NULL DO NOTHING";
    private static final String UPDATE =
            "UPDATE upload SET %s WHERE id = ? AND version = ?".formatted(UploadRow.ASSIGNMENTS);
    private static final String DELETE = "DELETE FROM upload WHERE id = ? AND version = ?";
    private static final String BY_ID =
            "SELECT %s FROM upload WHERE id = ?".formatted(UploadRow.COLUMNS);
    private static final String BY_CREATION_KEY =
            "SELECT %s FROM upload WHERE creation_key = ?".formatted(UploadRow.COLUMNS);
    private static final String DUE =
            "SELECT %s FROM upload WHERE expires_at <= ? ORDER BY expires_at, id LIMIT ?"
                    .formatted(UploadRow.COLUMNS);
    private static final String ADD_TO_OUTBOX =
            "INSERT INTO outbox (%s) VALUES (?, ?, ?, ?)".formatted(OutboxRow.COLUMNS);
    private static final String OUTBOX =
            "SELECT number, %s FROM outbox ORDER BY number LIMIT ?".formatted(OutboxRow.COLUMNS);
    private static final String ACKNOWLEDGE = "DELETE FROM outbox WHERE number = ?";

    private static final int CREATION_ATTEMPTS = 10;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    CatalogSession(Connection connection) {
        this.connection = connection;
    }

    Upload create(Upload upload, UploadEvent... outbox) throws SQLException {
        Upload stored = upload.stored(1);
        for (int i = 0; i < CREATION_ATTEMPTS; i++) {
            if (insert(stored)) {
                add(outbox);
                return stored;
            }
            // Others may free the key meanwhile, where several write.
            Optional<Upload> earlier = byCreationKey(stored);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        throw new SQLException("the creation key is taken and freed again and again");
    }

    private boolean insert(Upload upload) throws SQLException {
        PreparedStatement insert = statement(INSERT);
        UploadRow.bind(insert, upload);
        return insert.executeUpdate() == 1;
    }

    private Optional<Upload> byCreationKey(Upload upload) throws SQLException {
        PreparedStatement select = statement(BY_CREATION_KEY);
        select.setString(1, upload.creationKey());
        return one(select);
    }

    Optional<Upload> find(UploadId id) throws SQLException {
        PreparedStatement select = statement(BY_ID);
        select.setString(1, id.value());
        return one(select);
    }

    Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... outbox)
            throws SQLException {
        Upload stored = changed.stored(expectedVersion + 1);
        PreparedStatement update = statement(UPDATE);
        UploadRow.bind(update, stored);
        update.setString(UploadRow.WIDTH + 1, stored.id().value());
        update.setLong(UploadRow.WIDTH + 2, expectedVersion);
        if (update.executeUpdate() == 0) {
            return Optional.empty();
        }
        add(outbox);
        return Optional.of(stored);
    }

    boolean remove(UploadId id, long expectedVersion) throws SQLException {
        PreparedStatement delete = statement(DELETE);
        delete.setString(1, id.value());
        delete.setLong(2, expectedVersion);
        return delete.executeUpdate() == 1;
    }

    List<Upload> due(Instant now, int limit) throws SQLException {
        PreparedStatement select = statement(DUE);
        select.setLong(1, now.toEpochMilli());
        select.setInt(2, limit);
        try (ResultSet rows = select.executeQuery()) {
            List<Upload> due = new ArrayList<>();
            while (rows.next()) {
                due.add(UploadRow.read(rows));
            }
            return due;
        }
    }

    List<OutboxEntry> outbox(int limit) throws SQLException {
        PreparedStatement select = statement(OUTBOX);
        select.setInt(1, limit);
        try (ResultSet rows = select.executeQuery()) {
            List<OutboxEntry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(OutboxRow.read(rows));
            }
            return entries;
        }
    }

    void acknowledge(List<OutboxEntry> delivered) throws SQLException {
        PreparedStatement delete = statement(ACKNOWLEDGE);
        for (OutboxEntry entry : delivered) {
            delete.setLong(1, OutboxRow.number(entry));
            delete.executeUpdate();
        }
    }

    private void add(UploadEvent... outbox) throws SQLException {
        PreparedStatement insert = statement(ADD_TO_OUTBOX);
        for (UploadEvent event : outbox) {
            OutboxRow.bind(insert, event);
            insert.executeUpdate();
        }
    }

    private static Optional<Upload> one(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(UploadRow.read(rows)) : Optional.empty();
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Closes the connection, and with it the statements; what was not committed is undone. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
