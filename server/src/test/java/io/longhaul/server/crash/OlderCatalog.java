package io.longhaul.server.crash;

import io.longhaul.server.app.DataDirectory;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A data directory as a server left it whose catalog had the first so many migrations only, with
 * one upload that is complete and not told to anybody yet. Version zero is an empty file.
 */
record OlderCatalog(int version, UploadId id, Bytes bytes) {

    private static final String LOCATION = "classpath:db/catalog/sqlite";

    /** How many migrations there are, which are numbered from one. */
    static int migrations() throws IOException {
        return new PathMatchingResourcePatternResolver()
                .getResources(LOCATION + "/V*__*.sql")
                .length;
    }

    /** How many migrations a catalog has had. */
    static int version(Path dataDir) throws IOException {
        try (Connection connection = open(dataDir);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT count(*) FROM flyway_schema_history WHERE success")) {
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    void write(Path dataDir) throws IOException {
        DataDirectory.open(dataDir).close();
        if (version == 0) {
            Files.createFile(dataDir.resolve("catalog.db"));
            return;
        }
        Flyway.configure()
                .dataSource(url(dataDir), null, null)
                .locations(LOCATION)
                .target(Integer.toString(version))
                .load()
                .migrate();
        try (Connection connection = open(dataDir);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            insert(statement);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        Path shard = dataDir.resolve("content").resolve(id.value().substring(0, 2));
        Files.createDirectories(shard);
        Files.write(shard.resolve(id.value()), bytes.range(0, bytes.length()));
    }

    /** With the columns of version one; a later migration gives the others a value. */
    private void insert(Statement statement) throws SQLException {
        statement.execute(
                """
                INSERT INTO upload (id, owner, state, upload_offset, length, metadata,
                    concatenation, concatenation_ids, concatenation_received, content,
                    created_at, updated_at, version, epoch)
                VALUES ('%1$s', '', 'COMPLETE', %2$d, %2$d, '', 'NONE', '', '', '%1$s', 1, 1, 3, 0)
                """
                        .formatted(id, bytes.length()));
        statement.execute(
                """
                INSERT INTO outbox (kind, upload_id, happened_at, length)
                VALUES ('COMPLETED', '%s', 1, %d)
                """
                        .formatted(id, bytes.length()));
    }

    private static Connection open(Path dataDir) throws SQLException {
        return DriverManager.getConnection(url(dataDir));
    }

    private static String url(Path dataDir) {
        return "jdbc:sqlite:" + dataDir.resolve("catalog.db");
    }
}
