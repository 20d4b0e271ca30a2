package io.longhaul.server.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.catalog.UploadCatalogContract;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.testing.PostgresqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PostgresqlUploadCatalogTests extends UploadCatalogContract {

    private static final int CONNECTIONS = 4;

    private static PostgresqlServer server;

    private final List<PostgresqlUploadCatalog> opened = new CopyOnWriteArrayList<>();
    private final String url;

    PostgresqlUploadCatalogTests() throws SQLException {
        url = server.newDatabase();
    }

    @BeforeAll
    static void start() throws IOException {
        server = PostgresqlServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    protected UploadCatalog open() throws IOException {
        return connect(addressOf(url));
    }

    private static PostgresqlAddress addressOf(String url) {
        return new PostgresqlAddress(url, PostgresqlServer.USER, "", CONNECTIONS);
    }

    private PostgresqlUploadCatalog connect(PostgresqlAddress address) throws IOException {
        PostgresqlUploadCatalog opening =
                new PostgresqlUploadCatalog(address, Durability.POWER_LOSS);
        opened.add(opening);
        return opening;
    }

    @AfterEach
    void close() {
        opened.forEach(PostgresqlUploadCatalog::close);
    }

    @Test
    void serversOnOneDatabaseSeeEachOthersRecordsAndOneOfTwoWritersWins() throws IOException {
        UploadCatalog other = open();
        Upload stored = catalog.create(upload());
        Upload here = stored.change().offset(5).done();
        Upload there = stored.change().offset(7).done();

        assertThat(other.find(stored.id())).contains(stored);
        assertThat(other.replace(there, 1)).isPresent();
        assertThat(catalog.replace(here, 1)).isEmpty();
        assertThat(catalog.find(stored.id()).orElseThrow().offset()).isEqualTo(7);
    }

    @Test
    void manyServersCanStartAtOnceOnAnEmptyDatabase() throws Exception {
        String empty = server.newDatabase();
        List<Future<PostgresqlUploadCatalog>> starting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                starting.add(threads.submit(() -> connect(addressOf(empty))));
            }
        }
        Upload stored = starting.getFirst().get().create(upload());
        for (Future<PostgresqlUploadCatalog> each : starting) {
            assertThat(each.get().find(stored.id())).contains(stored);
        }
    }

    @Test
    void oneServerAtATimeIsGivenTheOutbox() throws IOException {
        PostgresqlUploadCatalog other = (PostgresqlUploadCatalog) open();
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        other.create(upload, created);

        assertThat(events(10)).containsExactly(created);
        assertThat(other.outbox(10)).isEmpty();

        opened.getFirst().close();

        assertThat(other.outbox(10)).extracting(OutboxEntry::event).containsExactly(created);
    }

    @Test
    void outboxIsGivenToAnotherWhenTheConnectionIsLost() throws Exception {
        PostgresqlUploadCatalog other = (PostgresqlUploadCatalog) open();
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        catalog.create(upload, created);
        assertThat(events(10)).containsExactly(created);

        endOtherConnections();

        assertThat(other.outbox(10)).extracting(OutboxEntry::event).containsExactly(created);
        assertThatIOException().isThrownBy(() -> catalog.outbox(10));
        assertThat(catalog.outbox(10)).isEmpty();
    }

    @Test
    void goesOnWithNewConnectionsWhenTheDatabaseEndedThem() throws Exception {
        Upload stored = catalog.create(upload());

        endOtherConnections();

        Optional<Upload> found = Optional.empty();
        for (int i = 0; i < CONNECTIONS + 1 && found.isEmpty(); i++) {
            try {
                found = catalog.find(stored.id());
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("did not answer or refused");
            }
        }
        assertThat(found).contains(stored);
    }

    private void endOtherConnections() throws SQLException {
        PostgresqlServer.execute(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    @Test
    void nodeThatStopsInATransactionIsNotWaitedForForLong() throws Exception {
        Upload stored = catalog.create(upload());
        try (PostgresqlDatabase database = new PostgresqlDatabase(addressOf(url));
                Connection stopped = database.connection();
                Statement statement = stopped.createStatement()) {
            stopped.setAutoCommit(false);
            statement.execute("UPDATE upload SET epoch = epoch + 1");

            assertThat(catalog.replace(stored, 1)).isPresent();

            assertThatExceptionOfType(SQLException.class).isThrownBy(stopped::commit);
        }
        assertThat(catalog.find(stored.id()).orElseThrow().epoch()).isEqualTo(stored.epoch());
    }

    @Test
    void refusesAServerThatDoesNotKeepCommits() throws SQLException {
        PostgresqlServer.execute(
                url,
                "ALTER DATABASE %s SET synchronous_commit = off"
                        .formatted(url.substring(url.lastIndexOf('/') + 1)));

        assertThatIOException()
                .isThrownBy(this::open)
                .withMessage(
                        "it has synchronous_commit = off, and longhaul.durability is power-loss");
    }

    @Test
    void refusesAPasswordWithoutRepeatingIt() {
        assertThatIOException()
                .isThrownBy(
                        () ->
                                connect(
                                        new PostgresqlAddress(
                                                url + "?password=hush", "nobody", "secret", 1)))
                .withMessageContaining("nobody")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret", "hush"));
        assertThat(new PostgresqlAddress(url + "?password=hush", null, "secret", 1).toString())
                .isEqualTo(url);
    }

    @Test
    void everyCallFailsOnceClosed() throws IOException {
        Upload stored = catalog.create(upload());
        opened.getFirst().close();

        assertThatIOException().isThrownBy(() -> catalog.find(stored.id()));
        assertThatIOException().isThrownBy(() -> catalog.replace(stored, 1));
        assertThatIOException().isThrownBy(() -> catalog.outbox(1));
    }
}
