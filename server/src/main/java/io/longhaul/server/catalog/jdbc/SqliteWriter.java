package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The one connection that writes, and what it does between transactions. Not thread-safe. */
final class SqliteWriter implements AutoCloseable {

    /** Over this the write-ahead log is made to start again, even when readers must be awaited. */
    private static final long LARGEST_LOG = 32L << 20;

    /**
     * One attempt can wait in vain: SQLite waits for a slot that held an old reader even when new
     * readers keep that slot busy by then. The next attempt sees that the slot is harmless.
     */
    private static final int RESTART_ATTEMPTS = 10;

    /** When a reader did not leave in time, how much the log grows before the next attempt. */
    private static final long GROWTH_BETWEEN_RESTARTS = 4L << 20;

    private final Connection connection;
    private final CatalogSession session;
    private final SqliteReserve reserve;
    private final LogCopier copier;
    private final Path log;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement beginChange;
    private final PreparedStatement release;
    private final PreparedStatement undo;
    private long restartLogAt = LARGEST_LOG;
    private boolean copiesItself = true;

    /**
     * Takes over an open connection in a write-ahead log mode, which copies its log by itself.
     *
     * @param copying opens connections for another thread
     */
    SqliteWriter(Connection connection, DiskSpace disk, Path log, LogCopier.Opening copying)
            throws SQLException {
        this.connection = connection;
        this.session = new CatalogSession(connection);
        this.reserve = new SqliteReserve(connection, disk);
        this.copier = new LogCopier(copying);
        this.log = log;
        // With the lock from the start: on the way from reading to writing nobody waits for it, and
        // a reader that meets a change half way takes it for a moment.
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        beginChange = connection.prepareStatement("SAVEPOINT change");
        release = connection.prepareStatement("RELEASE change");
        undo = connection.prepareStatement("ROLLBACK TO change");
    }

    CatalogSession session() {
        return session;
    }

    /** Makes room, before a transaction or between two. */
    void prepare() throws SQLException {
        boolean plenty = reserve.replenish();
        if (plenty == copiesItself) {
            copyLogHere(!plenty);
        }
        boundLog();
    }

    /**
     * On a disk that can be full the log must not grow while another thread comes to copying it.
     */
    private void copyLogHere(boolean here) throws SQLException {
        copiesItself = here;
        int pages = here ? SqliteDatabase.CHECKPOINT_PAGES : 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + pages);
        }
    }

    /**
     * The log starts again only at a moment when all of it is copied and nobody reads it; when
     * neither writers nor readers leave one, it is made here. New readers do not prolong the wait.
     */
    private void boundLog() throws SQLException {
        if (copier.takeLongLog()) {
            restartLog();
        }
        long size = logSize();
        if (size > restartLogAt) {
            restartLogAt = restartLog() ? LARGEST_LOG : size + GROWTH_BETWEEN_RESTARTS;
        } else if (size <= LARGEST_LOG) {
            restartLogAt = LARGEST_LOG;
        }
    }

    /** Returns false when a reader did not leave in time, so that the log goes on growing. */
    private boolean restartLog() throws SQLException {
        boolean restarted = false;
        for (int i = 0; i < RESTART_ATTEMPTS && !restarted; i++) {
            restarted = SqliteDatabase.restartLog(connection);
        }
        return restarted;
    }

    private long logSize() throws SQLException {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new SQLException("the write-ahead log cannot be seen", e);
        }
    }

    /**
     * How many pages are free inside a transaction, as it stands; more than any number when there
     * is plenty of room.
     */
    long freePages() throws SQLException {
        return reserve.freePages();
    }

    /**
     * Refuses a change that has added a record, or bytes to one, when the pages left are for known
     * ones.
     */
    void checkRoomForRecord() throws SQLException, StorageFullException {
        reserve.checkRoomForRecord();
    }

    void begin() throws SQLException {
        begin.execute();
    }

    /**
     * Runs a change. When only it is bad, it alone is undone and the transaction goes on.
     *
     * @throws SQLException when the store fails, and with it the transaction
     */
    void run(PendingWrite<?> write) throws SQLException {
        beginChange.execute();
        try {
            write.run(this);
        } catch (SQLException e) {
            if (SqliteDatabase.spoilsTransaction(e)) {
                throw e;
            }
            undo(write, e);
        } catch (IOException | RuntimeException e) {
            undo(write, e);
        }
        release.execute();
    }

    private void undo(PendingWrite<?> write, Exception failure) throws SQLException {
        undo.execute();
        write.undone(failure);
    }

    /**
     * Commits.
     *
     * @param changes how many there are in the transaction
     */
    void commit(int changes) throws SQLException {
        reserve.count();
        commit.execute();
        if (!copiesItself) {
            copier.changed(changes);
        }
    }

    @Override
    public void close() throws SQLException {
        // First, as SQLite copies its log to the file with the last connection.
        copier.close();
        session.close();
    }
}
