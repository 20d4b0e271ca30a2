package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps the database able to change its records on a full disk. The file grows only here, by
 * writing zeros and freeing them, while the disk has room: so a page that a transaction takes has
 * its place in the file already, the log can always be copied there, and the log's own blocks,
 * written once by this, are used again and again. Not thread-safe.
 */
final class SqliteReserve {

    private static final int PAGE = 4096;

    /** With fewer free pages than these the file grows. */
    private static final int LOW = 512;

    /**
     * With fewer free pages than these no record is added: the rest is for those that are there.
     */
    private static final int KEPT = 128;

    private static final int GROWTH = 1024;

    /** The disk is left alone unless it has room for several such steps, here and in the log. */
    private static final long ROOM = 4L * GROWTH * PAGE;

    private final Connection connection;
    private final Path file;
    private final PreparedStatement countFreePages;
    private long freePages;

    /** Fills the reserve when there is room. */
    SqliteReserve(Connection connection, Path file) throws SQLException {
        this.connection = connection;
        this.file = file;
        this.countFreePages = connection.prepareStatement("PRAGMA freelist_count");
        limitToPages(number("PRAGMA page_count"));
        freePages = countFreePages();
        connection.commit();
        if (diskHasRoom()) {
            grow();
        }
    }

    /**
     * Grows the file when free pages run low and the disk has room. Runs between transactions, and
     * begins none that reads before it writes: SQLite would not wait for a lock on its way from one
     * to the other.
     */
    void replenish() throws SQLException {
        if (freePages < LOW && diskHasRoom()) {
            grow();
        }
    }

    /** Looks at what a transaction left free; the last thing before its commit. */
    void count() throws SQLException {
        freePages = countFreePages();
    }

    /**
     * Refuses a record, or bytes of one, that was just added when what is left is for known ones.
     */
    void checkRoomForRecord() throws SQLException, StorageFullException {
        if (countFreePages() < KEPT) {
            throw new StorageFullException(
                    "there is no space left for another upload in the catalog");
        }
    }

    private void grow() throws SQLException {
        execute("DELETE FROM reserve");
        limitToPages(number("PRAGMA page_count") + 2 * GROWTH);
        execute("INSERT INTO reserve (bytes) VALUES (zeroblob(%d))".formatted(GROWTH * PAGE));
        connection.commit();
        execute("PRAGMA wal_checkpoint(RESTART)");
        execute("DELETE FROM reserve");
        limitToPages(number("PRAGMA page_count"));
        count();
        connection.commit();
    }

    /** SQLite answers a change that would need more pages as it answers a full disk. */
    private void limitToPages(long pages) throws SQLException {
        execute("PRAGMA max_page_count = " + pages);
    }

    long countFreePages() throws SQLException {
        try (ResultSet row = countFreePages.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean diskHasRoom() throws SQLException {
        try {
            return Files.getFileStore(file).getUsableSpace() >= ROOM;
        } catch (IOException e) {
            throw new SQLException("the space of the disk cannot be asked", e);
        }
    }
}
