package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.PostgresqlServer;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose records are in PostgreSQL. */
@Timeout(180)
final class PostgresqlCatalogIT {

    private static final int LENGTH = 300_000;

    private static PostgresqlServer database;

    @TempDir private Path directory;

    @BeforeAll
    static void startDatabase() throws IOException {
        database = PostgresqlServer.start();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        database.close();
    }

    private static String[] settings(String url) {
        return new String[] {
            "--longhaul.catalog=postgresql",
            "--longhaul.postgresql.url=" + url,
            "--longhaul.postgresql.username=" + PostgresqlServer.USER,
            "--longhaul.postgresql.password=hush",
            "--longhaul.postgresql.connections=3"
        };
    }

    @Test
    void uploadsGoOnAfterKills() throws Exception {
        try (ServerProcess server = ServerProcess.start(settings(database.newDatabase()))) {
            Uploader uploader = new Uploader(server.port());
            uploader.append(LENGTH / 3);
            server.kill();
            server.restart();
            uploader.append(LENGTH / 3);
            server.kill();
            server.restart();
            uploader.append(LENGTH / 3);
            server.kill();
            server.restart();
            uploader.assertComplete();

            assertThat(server.output()).doesNotContain("hush", "ERROR");
            assertThat(server.dataDir().resolve("catalog.db")).doesNotExist();
            server.stop();
            assertThat(server.output()).doesNotContain("ERROR", "Exception");
        }
    }

    @Test
    void goesOnWhenTheDatabaseIsBack() throws Exception {
        try (FlakyProxy network = FlakyProxy.to(database.port());
                ServerProcess server =
                        ServerProcess.start(settings(database.newDatabase(network.port())))) {
            Uploader uploader = new Uploader(server.port());
            uploader.append(LENGTH / 3);

            network.stall();

            await().atMost(Duration.ofSeconds(45)).until(uploader::isTold);
            uploader.append(LENGTH / 3);
            uploader.append(LENGTH / 3);
            uploader.assertComplete();
        }
    }

    /** One upload, a request at a time. */
    private static final class Uploader {

        private static final byte[] CONTENT = Client.bytes(1, LENGTH);

        private final Client client;
        private final String path;
        private int offset;

        Uploader(int port) throws IOException {
            client = new Client(port);
            path = client.create(LENGTH);
        }

        void append(int count) throws IOException {
            assertThat(client.offset(path)).isEqualTo(offset);
            byte[] bytes = Arrays.copyOfRange(CONTENT, offset, offset + count);
            RawResponse answer = client.append(path, offset, bytes);
            assertThat(answer.status()).as(answer + answer.text()).isEqualTo(204);
            offset += count;
        }

        /** Whether the server tells the offset; it may only say that it cannot. */
        boolean isTold() throws IOException {
            RawResponse answer = client.exchange("HEAD", path);
            assertThat(answer.status()).isIn(200, 423);
            return answer.status() == 200;
        }

        void assertComplete() throws IOException {
            assertThat(client.content(path)).isEqualTo(CONTENT);
        }
    }

    @Test
    void refusesAnotherPairOfDirectoryAndDatabase() throws Exception {
        LonghaulProperties first = properties(database.newDatabase());
        LonghaulProperties second = properties(database.newDatabase());
        Path known = directory.resolve("known");
        open(known, first);
        open(known, first);

        assertRefused(directory.resolve("other"), first, "is not the one of the uploads in");
        Files.createDirectories(known.resolve("content/ab"));
        assertRefused(known, second, "is not the one of the uploads in");
        open(directory.resolve("third"), second);
        assertRefused(known, second, "is not the one of the uploads in");
        open(known, first);
    }

    @Test
    void refusesTheOtherCatalogOfADirectory() throws Exception {
        LonghaulProperties properties = properties(database.newDatabase());
        Path inDatabase = directory.resolve("database");
        open(inDatabase, properties);
        Path inFile = directory.resolve("file");
        try (DataDirectory data = DataDirectory.open(inFile)) {
            CatalogOpening.sqlite(data, properties).close();
        }

        assertRefused(inFile, properties, "are in its catalog.db, and longhaul.catalog is");
        try (DataDirectory data = DataDirectory.open(inDatabase)) {
            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> CatalogOpening.sqlite(data, properties))
                    .withMessageContaining("are in PostgreSQL, and longhaul.catalog is sqlite");
        }
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() {
        assertRefused(
                directory.resolve("new"),
                properties("jdbc:postgresql://127.0.0.1:1/longhaul?password=hush"),
                "The catalog jdbc:postgresql://127.0.0.1:1/longhaul cannot be used: Connection to"
                        + " 127.0.0.1:1 refused.");
    }

    private static void assertRefused(Path path, LonghaulProperties properties, String message) {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> open(path, properties))
                .withMessageContaining(message);
    }

    private static void open(Path path, LonghaulProperties properties) throws IOException {
        try (DataDirectory data = DataDirectory.open(path)) {
            CatalogOpening.postgresql(new DirectoryHome(data), properties).close();
        }
    }

    private static LonghaulProperties properties(String url) {
        return LonghaulPropertiesTests.bind(
                "longhaul.catalog=postgresql",
                "longhaul.postgresql.url=" + url,
                "longhaul.postgresql.username=" + PostgresqlServer.USER);
    }
}
