package io.longhaul.server.crash;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in the catalog's file.
 *
 * @param length null while deferred
 * @param related the final uploads of a partial one, the partial ones of a final one
 * @param inline all bytes of one that has them in its record
 * @param expires in milliseconds since 1970; null for never
 */
record StoredUpload(
        String id,
        String state,
        long offset,
        @Nullable Long length,
        String kind,
        List<String> related,
        boolean hasContent,
        @Nullable ByteBuffer inline,
        @Nullable Long expires,
        long version,
        long epoch) {

    /**
     * What {@link #read} needs.
     *
     * @param inline whether the catalog has the column with the bytes, which came with version two
     */
    static String columns(boolean inline) {
        return "id, state, upload_offset, length, concatenation, concatenation_ids, content,"
                + (inline ? " inline_content," : " NULL AS inline_content,")
                + " expires_at, version, epoch";
    }

    static StoredUpload read(ResultSet row) throws SQLException {
        String related = row.getString("concatenation_ids");
        return new StoredUpload(
                row.getString("id"),
                row.getString("state"),
                row.getLong("upload_offset"),
                number(row, "length"),
                row.getString("concatenation"),
                related.isEmpty() ? List.of() : Arrays.asList(related.split(" ", -1)),
                row.getString("content") != null,
                bytes(row.getBytes("inline_content")),
                number(row, "expires_at"),
                row.getLong("version"),
                row.getLong("epoch"));
    }

    private static @Nullable ByteBuffer bytes(byte @Nullable [] inline) {
        return inline == null ? null : ByteBuffer.wrap(inline);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** Whether it is complete, or was before it was terminated. */
    boolean whole() {
        return length != null && length == offset;
    }

    boolean complete() {
        return state.equals("COMPLETE");
    }

    boolean live() {
        return complete() || state.equals("RECEIVING");
    }

    boolean isFinal() {
        return kind.equals("FINAL");
    }

    /** Whether it answers as gone, marked so or not. */
    boolean answersAsGone(long now) {
        return !live() || (expires != null && expires <= now);
    }
}
