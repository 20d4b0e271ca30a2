package io.longhaul.server.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhaul.server.testing.PostgresqlServer;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records in PostgreSQL, and bytes in a store that is not enough for records. */
@Timeout(120)
final class PostgresqlBesideS3IT {

    private static final String HEAD = "%s %s HTTP/1.1\nHost: x\nTus-Resumable: 1.0.0\n";

    private final PostgresqlServer postgresql = PostgresqlServer.start();
    private final FakeS3 store = FakeS3.start(S3Rules.STRICT.withoutConditions());

    PostgresqlBesideS3IT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        store.close();
        postgresql.close();
    }

    private TestServer on(String database) {
        List<String> settings = new ArrayList<>(store.settings());
        settings.add("longhaul.inline-size=0");
        settings.add("longhaul.catalog=postgresql");
        settings.add("longhaul.postgresql.url=" + database);
        settings.add("longhaul.postgresql.username=" + PostgresqlServer.USER);
        return TestServer.start(settings.toArray(String[]::new));
    }

    @Test
    void servesOneUploadFromTwoServers() throws Exception {
        String database = postgresql.newDatabase();
        try (TestServer one = on(database);
                TestServer other = on(database)) {
            String path = create(one);

            assertThat(append(other, path, 0, "hello ").status()).isEqualTo(204);
            assertThat(append(one, path, 6, "world").status()).isEqualTo(204);

            try (RawConnection client = other.connect()) {
                assertThat(client.exchange(HEAD.formatted("GET", path)).text())
                        .isEqualTo("hello world");
            }
        }
    }

    @Test
    void refusesAnotherDatabaseForContentThatHasOne() throws SQLException, IOException {
        try (TestServer server = on(postgresql.newDatabase())) {
            append(server, create(server), 0, "hello");
        }

        assertThatThrownBy(() -> on(postgresql.newDatabase()).close())
                .rootCause()
                .hasMessageContaining("is not the one of the uploads in s3://" + FakeS3.BUCKET);
    }

    private static String create(TestServer server) throws IOException {
        try (RawConnection client = server.connect()) {
            return client.exchange(
                            HEAD.formatted("POST", "/files")
                                    + "Upload-Length: 11\nContent-Length: 0\n")
                    .required("Location");
        }
    }

    private static RawResponse append(TestServer server, String path, long offset, String text)
            throws IOException {
        try (RawConnection client = server.connect()) {
            return client.request(
                            HEAD.formatted("PATCH", path)
                                    + "Content-Type: application/offset+octet-stream\n"
                                    + "Upload-Offset: %d%nContent-Length: %d%n"
                                            .formatted(offset, text.length()))
                    .send(text.getBytes(US_ASCII))
                    .read();
        }
    }
}
