package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The catalog in one SQLite file, for one process. One thread writes, many changes in a
 * transaction; look-ups run beside it and never wait for it. A full disk is told as {@link
 * io.longhaul.server.core.content.StorageFullException}; known records can be changed also then.
 * Thread-safe; after closing, every call fails with an {@link IOException}.
 */
public final class SqliteUploadCatalog implements UploadCatalog, Closeable {

    private final ReadSessions reads;
    private final GroupCommit writes;

    /**
     * Opens the catalog, creating it when it is not there.
     *
     * @param file of the database, in a directory that is there; its log stands beside it
     * @throws IOException when it cannot be opened
     */
    public SqliteUploadCatalog(Path file, Durability durability) throws IOException {
        this(file, durability, DiskSpace.of(file.resolveSibling("")));
    }

    SqliteUploadCatalog(Path file, Durability durability, DiskSpace disk) throws IOException {
        SqliteDatabase database = new SqliteDatabase(file, durability, disk);
        database.migrate();
        // A look-up occupies a processor, so more connections than processors gain little.
        int readers = Math.max(2, Runtime.getRuntime().availableProcessors());
        try {
            writes = new GroupCommit(database::openWriter);
        } catch (SQLException e) {
            throw new IOException("the catalog %s cannot be opened".formatted(file), e);
        }
        reads = new ReadSessions(readers, database::openReader);
    }

    @Override
    public Upload create(Upload upload, UploadEvent... outbox) throws IOException {
        return writes.submit(
                writer -> {
                    Upload stored = writer.session().create(upload, outbox);
                    writer.checkRoomForRecord();
                    return stored;
                });
    }

    @Override
    public Optional<Upload> find(UploadId id) throws IOException {
        return reads.read(session -> session.find(id));
    }

    @Override
    public Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... outbox)
            throws IOException {
        return writes.submit(
                writer -> {
                    boolean hasBytes = changed.content() instanceof UploadContent.Inline;
                    long free = hasBytes ? writer.freePages() : 0;
                    Optional<Upload> stored =
                            writer.session().replace(changed, expectedVersion, outbox);
                    if (hasBytes && !changed.state().gone() && writer.freePages() < free) {
                        writer.checkRoomForRecord();
                    }
                    return stored;
                });
    }

    @Override
    public boolean remove(UploadId id, long expectedVersion) throws IOException {
        return writes.submit(writer -> writer.session().remove(id, expectedVersion));
    }

    @Override
    public List<Upload> due(Instant now, int limit) throws IOException {
        return reads.read(session -> session.due(now, limit));
    }

    @Override
    public List<OutboxEntry> outbox(int limit) throws IOException {
        return reads.read(session -> session.outbox(limit));
    }

    @Override
    public void acknowledge(List<OutboxEntry> delivered) throws IOException {
        writes.submit(
                writer -> {
                    writer.session().acknowledge(delivered);
                    return true;
                });
    }

    /** How many transactions were committed. */
    long commits() {
        return writes.commits();
    }

    /** Stores what was asked for before, then closes. */
    @Override
    public void close() {
        reads.close();
        // Last, as SQLite copies its log to the file with the last connection.
        writes.close();
    }
}
