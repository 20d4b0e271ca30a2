package io.longhaul.server.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL on this machine, which forces its log as it does by default. Thread-safe. */
public final class PostgresqlServer implements AutoCloseable {

    /** May do everything. */
    public static final String USER = "postgres";

    private static final AtomicInteger databases = new AtomicInteger();

    private final EmbeddedPostgres process;

    private PostgresqlServer(EmbeddedPostgres process) {
        this.process = process;
    }

    public static PostgresqlServer start() throws IOException {
        return new PostgresqlServer(
                EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start());
    }

    public int port() {
        return process.getPort();
    }

    /** Creates a database; its URL, through another port when something is in between. */
    public String newDatabase(int port) throws SQLException {
        String name = "longhaul" + databases.incrementAndGet();
        execute(url(port(), USER), "CREATE DATABASE " + name);
        return url(port, name);
    }

    public String newDatabase() throws SQLException {
        return newDatabase(port());
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** Runs a statement, as somebody else on the database. */
    public static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
