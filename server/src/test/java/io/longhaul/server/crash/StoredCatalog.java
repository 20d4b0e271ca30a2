package io.longhaul.server.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * What the catalog's file held when the server was dead. It is read from a copy: opening the file
 * itself would repair what the server has to.
 *
 * @param migrated whether it has its tables
 * @param told how many events were ever put into the outbox
 */
record StoredCatalog(
        boolean migrated, Map<String, StoredUpload> uploads, List<Told> outbox, long told) {

    /** One without tables. */
    static final StoredCatalog EMPTY = new StoredCatalog(false, Map.of(), List.of(), 0);

    /** An event that is still in the outbox. */
    record Told(long number, String kind, String id, long length) {}

    /** Reads the catalog of a server that is dead; without a schema it is empty. */
    static StoredCatalog of(Path dataDir) throws IOException {
        Path copy = Files.createTempDirectory("longhaul-catalog");
        try {
            for (String name : List.of("catalog.db", "catalog.db-wal")) {
                if (Files.exists(dataDir.resolve(name))) {
                    Files.copy(dataDir.resolve(name), copy.resolve(name));
                }
            }
            return Files.exists(copy.resolve("catalog.db"))
                    ? read(copy.resolve("catalog.db"))
                    : EMPTY;
        } finally {
            FileUtils.deleteDirectory(copy.toFile());
        }
    }

    /** Reads the catalog of a server that runs, which SQLite allows at any time. */
    static StoredCatalog ofRunning(Path dataDir) throws IOException {
        return read(dataDir.resolve("catalog.db"));
    }

    /** Whether there is a record that may have content in a file. */
    boolean namesFile(String id) {
        StoredUpload upload = uploads.get(id);
        return upload != null && upload.inline() == null;
    }

    /** Whether the content of an upload has to be there, or may be. */
    boolean needs(String id) {
        StoredUpload upload = uploads.get(id);
        return upload != null
                && (upload.live() || upload.related().stream().anyMatch(this::isLive));
    }

    private boolean isLive(String id) {
        StoredUpload upload = uploads.get(id);
        return upload != null && upload.live();
    }

    private static StoredCatalog read(Path file) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            checkIntegrity(statement);
            return hasSchema(statement)
                    ? new StoredCatalog(
                            true, uploads(statement), outbox(statement), told(statement))
                    : EMPTY;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void checkIntegrity(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            if (!row.next() || !row.getString(1).equals("ok")) {
                throw new AssertionError("the catalog is damaged: " + row.getString(1));
            }
        }
    }

    private static boolean hasSchema(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'outbox'")) {
            return row.next();
        }
    }

    /** Not when the server was killed between two steps of the migration. */
    private static boolean hasInlineContent(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        "SELECT 1 FROM pragma_table_info('upload') WHERE name = 'inline_content'")) {
            return row.next();
        }
    }

    private static Map<String, StoredUpload> uploads(Statement statement) throws SQLException {
        String columns = StoredUpload.columns(hasInlineContent(statement));
        try (ResultSet rows = statement.executeQuery("SELECT %s FROM upload".formatted(columns))) {
            Map<String, StoredUpload> uploads = new LinkedHashMap<>();
            while (rows.next()) {
                StoredUpload upload = StoredUpload.read(rows);
                uploads.put(upload.id(), upload);
            }
            return uploads;
        }
    }

    private static List<Told> outbox(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT number, kind, upload_id, length FROM outbox ORDER BY number")) {
            List<Told> outbox = new ArrayList<>();
            while (rows.next()) {
                outbox.add(
                        new Told(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getLong(4)));
            }
            return outbox;
        }
    }

    /** The numbers grow by one each, also over those that were delivered and removed. */
    private static long told(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
