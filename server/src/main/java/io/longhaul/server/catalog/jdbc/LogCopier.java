package io.longhaul.server.catalog.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Copies the write-ahead log to the database beside the writer, so that no change waits for it. It
 * can't make the log start again while there is a writer: it says when that is due. Used by the
 * writer alone, but for the copying.
 */
final class LogCopier implements AutoCloseable {

    /** Opens a connection to copy with. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Changes between one copy and the next. Each has some pages of its own. */
    private static final int CHANGES = 256;

    /** Pages in a log that is to start again: 12 MiB. */
    private static final int LONG_LOG = 3072;

    private final Opening opening;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("catalog-log").daemon().factory());
    private int changes;
    private volatile boolean copying;
    private volatile boolean longLog;
    private @Nullable Connection connection;

    LogCopier(Opening opening) {
        this.opening = opening;
    }

    /** Says that so many changes were committed. */
    void changed(int count) {
        changes += count;
        if (changes >= CHANGES && !copying && !longLog) {
            changes = 0;
            copying = true;
            thread.execute(this::copy);
        }
    }

    /** Whether the log is to start again; asked once, then not before it is long again. */
    boolean takeLongLog() {
        boolean due = longLog;
        longLog = false;
        return due;
    }

    private void copy() {
        try {
            int pages = copyOnce();
            if (pages >= LONG_LOG) {
                copyOnce(); // next to nothing is left for the writer, which has to wait for it
                longLog = true;
            }
        } catch (SQLException _) { // the next copy has more to do, or the writer has
            disconnect();
        } finally {
            copying = false;
        }
    }

    /** Copies what the log has now; how many pages that is, with those copied before. */
    private int copyOnce() throws SQLException {
        Connection open = connection == null ? opening.open() : connection;
        connection = open;
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next() ? row.getInt("log") : 0;
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException _) { // there is nothing left to do with it
        } finally {
            connection = null;
        }
    }

    /** Waits for a copy that is being made. */
    @Override
    public void close() {
        thread.close();
        disconnect();
    }
}
