package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is particular to SQLite: its file, settings, schema and errors. Thread-safe. */
final class SqliteDatabase {

    private static final int PRIMARY_CODE = 0xff;

    /** Pages in the log before SQLite copies them to the database: 2 MiB. */
    static final int CHECKPOINT_PAGES = 512;

    /** The log is cut to this only after it grew larger; smaller, its blocks are used again. */
    private static final int KEPT_LOG_BYTES = 16 << 20;

    /** How long the writer waits for a reader that has locked the log for a moment. */
    private static final int WRITER_WAIT_MILLIS = 5_000;

    /** How long one attempt of the writer to restart the log waits for readers. */
    private static final int RESTART_WAIT_MILLIS = 50;

    private final Path file;
    private final Durability durability;
    private final DiskSpace disk;

    SqliteDatabase(Path file, Durability durability, DiskSpace disk) {
        this.file = file;
        this.durability = durability;
        this.disk = disk;
    }

    /** Creates the file and its tables, or brings them to this version. */
    void migrate() throws IOException {
        try {
            Flyway.configure()
                    .dataSource(source(writing()))
                    .locations("classpath:db/catalog/sqlite")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IOException("the catalog %s cannot be opened".formatted(file), e);
        }
    }

    SqliteWriter openWriter() throws SQLException {
        Connection connection = source(writing()).getConnection();
        try {
            return new SqliteWriter(
                    connection, disk, log(), () -> source(writing()).getConnection());
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection openReader() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(0);
        return source(config).getConnection();
    }

    /** The write-ahead log beside the file. */
    Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private SQLiteConfig writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                switch (durability) {
                    case POWER_LOSS -> SQLiteConfig.SynchronousMode.FULL;
                    case PROCESS_CRASH -> SQLiteConfig.SynchronousMode.NORMAL;
                });
        config.setJournalSizeLimit(KEPT_LOG_BYTES);
        config.setPragma(
                SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        // What undoes a single change stays in memory: it needs no file on a full disk.
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setBusyTimeout(WRITER_WAIT_MILLIS);
        return config;
    }

    private SQLiteDataSource source(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /**
     * Copies the log of a writer to the database, and makes it start again.
     *
     * @return false when readers are in the way
     */
    static boolean restartLog(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + RESTART_WAIT_MILLIS);
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(RESTART)")) {
                return row.next() && row.getInt("busy") == 0;
            } finally {
                statement.execute("PRAGMA busy_timeout = " + WRITER_WAIT_MILLIS);
            }
        }
    }

    /**
     * Whether the transaction is lost with the statement; false when only the statement was bad.
     */
    static boolean spoilsTransaction(SQLException failure) {
        return switch (code(failure)) {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> false;
            default -> true;
        };
    }

    /** The failure as the port tells it. */
    static IOException failure(Throwable failure) {
        return failure instanceof SQLException sql && code(sql) == SQLiteErrorCode.SQLITE_FULL
                ? new StorageFullException("there is no space left for the catalog", failure)
                : new IOException(failure.getMessage(), failure);
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
