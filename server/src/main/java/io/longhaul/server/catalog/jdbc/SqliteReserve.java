package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.content.StorageFullException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps the database able to change its records on a full disk. While the disk has plenty of room
 * there is nothing to do; before it can be full, the file no longer grows but here, by writing
 * zeros and freeing them, as long as the disk has room: so a page that a transaction takes has its
 * place in the file already, the log can always be copied there, and the log's own blocks, written
 * once by this, are used again and again. Not thread-safe.
 */
final class SqliteReserve {

    /** What nobody writes between two looks at the disk, of which there is one in a second. */
    static final long PLENTY = 4L << 30;

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

    /** More than there are. */
    private static final long ANY_PAGES = 4_294_967_294L;

    private final Connection connection;
    private final DiskSpace disk;
    private final PreparedStatement countFreePages;
    private boolean plenty = true;
    private long freePages;

    /** Fills the reserve when that is needed and there is room. */
    SqliteReserve(Connection connection, DiskSpace disk) throws SQLException {
        this.connection = connection;
        this.disk = disk;
        this.countFreePages = connection.prepareStatement("PRAGMA freelist_count");
        replenish();
    }

    /**
     * Looks at the disk, and grows the file when free pages run low and the disk has room, but not
     * plenty. Runs between transactions.
     *
     * @return whether the disk has plenty of room
     */
    boolean replenish() throws SQLException {
        long usable = usable();
        boolean before = plenty;
        plenty = usable >= PLENTY;
        if (plenty != before) {
            limitToPages(plenty ? ANY_PAGES : number("PRAGMA page_count"));
            count();
        }
        // At first whatever is free: the log needs its blocks too.
        if (!plenty && (before || freePages < LOW) && usable >= ROOM) {
            grow();
        }
        return plenty;
    }

    /** Looks at what a transaction left free; the last thing before its commit. */
    void count() throws SQLException {
        freePages = freePages();
    }

    /**
     * Refuses a record, or bytes of one, that was just added when what is left is for known ones.
     */
    void checkRoomForRecord() throws SQLException, StorageFullException {
        if (freePages() < KEPT) {
            throw new StorageFullException(
                    "there is no space left for another upload in the catalog");
        }
    }

    private void grow() throws SQLException {
        execute("DELETE FROM reserve");
        limitToPages(number("PRAGMA page_count") + 2 * GROWTH);
        execute("INSERT INTO reserve (bytes) VALUES (zeroblob(%d))".formatted(GROWTH * PAGE));
        boolean _ = SqliteDatabase.restartLog(connection);
        execute("DELETE FROM reserve");
        limitToPages(number("PRAGMA page_count"));
        count();
    }

    /** SQLite answers a change that would need more pages as it answers a full disk. */
    private void limitToPages(long pages) throws SQLException {
        execute("PRAGMA max_page_count = " + pages);
    }

    /** How many pages are free; more than any number when the file may grow. */
    long freePages() throws SQLException {
        if (plenty) {
            return Long.MAX_VALUE;
        }
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

    private long usable() throws SQLException {
        try {
            return disk.usable();
        } catch (IOException e) {
            throw new SQLException("the space of the disk cannot be asked", e);
        }
    }
}
