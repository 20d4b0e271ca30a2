package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a record stands in a row of the table {@code upload}. */
final class UploadRow {

    private static final List<String> NAMES =
            List.of(
                    "id",
                    "owner",
                    "state",
                    "upload_offset",
                    "length",
                    "metadata",
                    "concatenation",
                    "concatenation_ids",
                    "concatenation_received",
                    "creation_key",
                    "content",
                    "created_at",
                    "updated_at",
                    "expires_at",
                    "version",
                    "epoch",
                    "inline_content",
                    "holder");

    /** The columns, in the order of {@link #bind} and {@link #read}. */
    static final String COLUMNS = String.join(", ", NAMES);

    /** One parameter per column. */
    static final String PARAMETERS = NAMES.stream().map(_ -> "?").collect(Collectors.joining(", "));

    /** One parameter per column, as assignments. */
    static final String ASSIGNMENTS =
            NAMES.stream().map(name -> name + " = ?").collect(Collectors.joining(", "));

    static final int WIDTH = NAMES.size();

    private UploadRow() {}

    static void bind(PreparedStatement statement, Upload upload) throws SQLException {
        statement.setString(1, upload.id().value());
        statement.setString(2, upload.owner());
        statement.setString(3, upload.state().name());
        statement.setLong(4, upload.offset());
        setLong(statement, 5, upload.length());
        statement.setString(6, upload.metadata().encoded());
        bind(statement, upload.concatenation());
        statement.setString(10, upload.creationKey());
        statement.setLong(12, upload.createdAt().toEpochMilli());
        statement.setLong(13, upload.updatedAt().toEpochMilli());
        setLong(statement, 14, millis(upload.expiresAt()));
        statement.setLong(15, upload.version());
        statement.setLong(16, upload.epoch());
        statement.setString(18, upload.holder());
        bind(statement, upload.content());
    }

    private static void bind(PreparedStatement statement, @Nullable UploadContent content)
            throws SQLException {
        switch (content) {
            case UploadContent.Stored(ContentReference reference) -> {
                statement.setString(11, reference.value());
                statement.setBytes(17, null);
            }
            case UploadContent.Inline(ByteBuffer buffer) -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                statement.setString(11, null);
                statement.setBytes(17, bytes);
            }
            case null -> {
                statement.setString(11, null);
                statement.setBytes(17, null);
            }
        }
    }

    private static void bind(PreparedStatement statement, Concatenation concatenation)
            throws SQLException {
        switch (concatenation) {
            case Concatenation.None() -> bind(statement, "NONE", List.of(), "");
            case Concatenation.Partial(var finals) -> bind(statement, "PARTIAL", finals, "");
            case Concatenation.Final(var partials, var received) ->
                    bind(statement, "FINAL", partials, received);
        }
    }

    private static void bind(
            PreparedStatement statement, String kind, List<UploadId> ids, String received)
            throws SQLException {
        statement.setString(7, kind);
        statement.setString(8, ids.stream().map(UploadId::value).collect(Collectors.joining(" ")));
        statement.setString(9, received);
    }

    static Upload read(ResultSet row) throws SQLException {
        return new Upload(
                new UploadId(row.getString(1)),
                row.getString(2),
                UploadState.valueOf(row.getString(3)),
                row.getLong(4),
                getLong(row, 5),
                new UploadMetadata(row.getString(6)),
                concatenation(row.getString(7), ids(row.getString(8)), row.getString(9)),
                row.getString(10),
                content(row.getString(11), row.getBytes(17)),
                Instant.ofEpochMilli(row.getLong(12)),
                Instant.ofEpochMilli(row.getLong(13)),
                instant(getLong(row, 14)),
                row.getLong(15),
                row.getLong(16),
                row.getString(18));
    }

    private static @Nullable UploadContent content(
            @Nullable String stored, byte @Nullable [] inline) {
        if (inline != null) {
            return new UploadContent.Inline(ByteBuffer.wrap(inline));
        }
        return stored == null ? null : new UploadContent.Stored(new ContentReference(stored));
    }

    private static Concatenation concatenation(String kind, List<UploadId> ids, String received)
            throws SQLException {
        return switch (kind) {
            case "NONE" -> Concatenation.NONE;
            case "PARTIAL" -> new Concatenation.Partial(ids);
            case "FINAL" -> new Concatenation.Final(ids, received);
            default -> throw new SQLException("unknown kind of concatenation '" + kind + "'");
        };
    }

    private static List<UploadId> ids(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(" ", -1)).map(UploadId::new).toList();
    }

    static void setLong(PreparedStatement statement, int index, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    static @Nullable Long getLong(ResultSet row, int index) throws SQLException {
        long value = row.getLong(index);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
