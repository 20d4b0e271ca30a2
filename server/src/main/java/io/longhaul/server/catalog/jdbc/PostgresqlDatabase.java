package io.longhaul.server.catalog.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.content.StoreUnavailableException;
import io.longhaul.server.core.upload.Durability;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * What is particular to PostgreSQL: its connections, limits, schema and errors. Thread-safe.
 *
 * <p>A node that stops in the middle of a transaction would hold its row for ever; the limits that
 * each connection sets let go of it.
 */
final class PostgresqlDatabase implements AutoCloseable {

    /** How long a caller waits for a connection, and a connection for the server. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** How long one that was idle may take to show that it is alive. */
    private static final Duration CHECK = Duration.ofSeconds(2);

    /** What the server does to a connection: in milliseconds, and in seconds of silence. */
    private static final String LIMITS =
            "-c lock_timeout=8000"
                    + " -c statement_timeout=10000"
                    + " -c idle_in_transaction_session_timeout=5000"
                    + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
                    + " -c tcp_keepalives_count=3";

    /** Longer than the server's own limits, so it speaks only when the server is silent. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final String DISK_FULL = "53100";

    /** No connection, or too many; the server stops or starts; a limit of time is over. */
    private static final List<String> UNAVAILABLE = List.of("08", "53300", "57", "55P03");

    private final PostgresqlAddress address;
    private final HikariDataSource pool;

    /**
     * Connects.
     *
     * @throws IOException when the server cannot be reached, or refuses
     */
    PostgresqlDatabase(PostgresqlAddress address) throws IOException {
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog");
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(settings());
        config.setMaximumPoolSize(address.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CHECK.toMillis());
        try {
            pool = new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new IOException(reason(e), e);
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        if (address.username() != null) {
            settings.setProperty("user", address.username());
        }
        if (address.password() != null) {
            settings.setProperty("password", address.password());
        }
        settings.setProperty("ApplicationName", "longhaul");
        settings.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        settings.setProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("options", LIMITS);
        return settings;
    }

    /** Creates the tables, or brings them to this version; several nodes may do so at once. */
    void migrate() throws IOException {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/catalog/postgresql")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IOException(reason(e), e);
        }
    }

    /**
     * Checks that a commit survives what it has to.
     *
     * @throws IOException when the server does not force its log
     */
    void check(Durability durability) throws IOException {
        if (durability == Durability.PROCESS_CRASH) {
            return;
        }
        try (Connection connection = connection()) {
            for (String setting : new String[] {"fsync", "synchronous_commit"}) {
                if ("off".equals(setting(connection, setting))) {
                    throw new IOException(
                            "it has %s = off, and longhaul.durability is power-loss"
                                    .formatted(setting));
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    /** One of a few, which goes back when it is closed; in auto-commit mode. */
    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** One that the caller keeps. */
    Connection connectApart() throws SQLException {
        return DriverManager.getConnection(address.url(), settings());
    }

    /** The failure as the port tells it. */
    static IOException failure(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        String message = "the catalog did not answer or refused: " + failure.getMessage();
        if (state.equals(DISK_FULL)) {
            return new StorageFullException(message, failure);
        }
        return failure instanceof SQLTransientConnectionException
                        || UNAVAILABLE.stream().anyMatch(state::startsWith)
                ? new StoreUnavailableException(message, failure)
                : new IOException(message, failure);
    }

    /** What the driver said below what others made of it. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        pool.close();
    }
}
