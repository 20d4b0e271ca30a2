package io.longhaul.server.catalog.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A small fixed number of connections that read, opened as they are first needed and kept. A caller
 * waits here, and not inside the database, when all are in use. Thread-safe.
 */
final class ReadSessions implements AutoCloseable {

    /** Opens a connection that only reads. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** A look-up. */
    interface Read<R> {
        R run(CatalogSession session) throws SQLException;
    }

    private final int most;
    private final Opening opening;
    private final Semaphore unused;
    private final ConcurrentLinkedDeque<CatalogSession> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ReadSessions(int most, Opening opening) {
        this.most = most;
        this.opening = opening;
        this.unused = new Semaphore(most);
    }

    <R> R read(Read<R> read) throws IOException {
        unused.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IOException("the catalog is closed");
            }
            return run(read);
        } finally {
            unused.release();
        }
    }

    private <R> R run(Read<R> read) throws IOException {
        CatalogSession session = null;
        try {
            session = idle.poll();
            if (session == null) {
                session = new CatalogSession(opening.open());
            }
            R result = read.run(session);
            idle.push(session);
            return result;
        } catch (SQLException | RuntimeException e) {
            discard(session);
            throw new IOException("the catalog cannot be read: " + e.getMessage(), e);
        }
    }

    private static void discard(@Nullable CatalogSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException _) { // it only read: nothing is lost with it
        }
    }

    /** Waits for the look-ups that run; later ones fail. */
    @Override
    public void close() {
        closed = true;
        unused.acquireUninterruptibly(most);
        for (CatalogSession session = idle.poll(); session != null; session = idle.poll()) {
            discard(session);
        }
        unused.release(most);
    }
}
