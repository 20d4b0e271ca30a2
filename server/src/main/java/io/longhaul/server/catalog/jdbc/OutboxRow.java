package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.UploadId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an event stands in a row of the table {@code outbox}. */
final class OutboxRow {

    /** The columns of an event, in the order of {@link #bind}. */
    static final String COLUMNS = "kind, upload_id, happened_at, length";

    private OutboxRow() {}

    static void bind(PreparedStatement statement, UploadEvent event) throws SQLException {
        switch (event) {
            case UploadEvent.Created _ -> bind(statement, "CREATED", event, null);
            case UploadEvent.Completed completed ->
                    bind(statement, "COMPLETED", event, completed.length());
            case UploadEvent.Terminated _ -> bind(statement, "TERMINATED", event, null);
            case UploadEvent.Expired _ -> bind(statement, "EXPIRED", event, null);
        }
    }

    private static void bind(
            PreparedStatement statement, String kind, UploadEvent event, @Nullable Long length)
            throws SQLException {
        statement.setString(1, kind);
        statement.setString(2, event.id().value());
        statement.setLong(3, event.at().toEpochMilli());
        UploadRow.setLong(statement, 4, length);
    }

    /** Reads the number and the columns of an event. */
    static OutboxEntry read(ResultSet row) throws SQLException {
        UploadId id = new UploadId(row.getString(3));
        Instant at = Instant.ofEpochMilli(row.getLong(4));
        return new OutboxEntry(row.getString(1), event(row.getString(2), id, at, row.getLong(5)));
    }

    /** The number of an entry's row; zero, which no row has, for what no catalog of ours named. */
    static long number(OutboxEntry entry) {
        try {
            return Long.parseLong(entry.name());
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static UploadEvent event(String kind, UploadId id, Instant at, long length)
            throws SQLException {
        return switch (kind) {
            case "CREATED" -> new UploadEvent.Created(id, at);
            case "COMPLETED" -> new UploadEvent.Completed(id, at, length);
            case "TERMINATED" -> new UploadEvent.Terminated(id, at);
            case "EXPIRED" -> new UploadEvent.Expired(id, at);
            default -> throw new SQLException("unknown kind of event '" + kind + "'");
        };
    }
}
