package io.longhaul.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.PostgresqlServer;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a million uploads cost in requests to the store, as the page about capacity tells it. */
final class CostTests {

    private static final Path PAGE = Path.of("../docs/operations/capacity.md");
    private static final int MEGABYTE = 1_000_000;
    private static final int LARGE = 20 * MEGABYTE;
    private static final long GIBIBYTE = 1L << 30;
    private static final long PART = 8L << 20;
    private static final Duration LASTING = Duration.ofMillis(600);

    /** While bytes come fast. */
    private static final long COMMITTED = 128L << 20;

    private final CountedStore store = CountedStore.start(S3Rules.STRICT);

    CostTests() throws IOException {}

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void isAsThePageTellsIt() throws Exception {
        assertThat(Files.readString(PAGE)).contains(rows("s3", List.of()));
    }

    @Test
    void isAsThePageTellsItWithRecordsInPostgresql() throws Exception {
        try (PostgresqlServer postgresql = PostgresqlServer.start()) {
            String rows =
                    rows(
                            "postgresql",
                            List.of(
                                    "longhaul.catalog=postgresql",
                                    "longhaul.postgresql.url=" + postgresql.newDatabase(),
                                    "longhaul.postgresql.username=" + PostgresqlServer.USER));
            assertThat(Files.readString(PAGE)).contains(rows);
        }
    }

    private String rows(String catalog, List<String> settings) throws IOException {
        List<String> all = new ArrayList<>(store.settings());
        all.addAll(settings);
        all.add("longhaul.cluster.url=http://127.0.0.1:1"); // which no server asks here
        all.add("longhaul.cluster.secret=0123456789abcdef0123456789abcdef");
        try (TestServer server = TestServer.start(all.toArray(String[]::new))) {
            return String.join("\n", rows(catalog, new Client(server.port())));
        }
    }

    private List<String> rows(String catalog, Client client) throws IOException {
        List<String> paths = new ArrayList<>();
        Cost medium = upload(client, MEGABYTE, paths);
        Cost large = upload(client, LARGE, paths);
        Cost commit = commit(client);
        Cost huge = longer(large, commit, GIBIBYTE);
        String path = paths.getLast();
        return List.of(
                row(catalog, "1 MB by one POST", whole(client, MEGABYTE)),
                row(catalog, "1 MB by POST and one PATCH", medium),
                row(catalog, "20 MB by POST and one PATCH", large),
                row(catalog, "1 GiB by POST and one PATCH", huge),
                row(catalog, "another commit of a PATCH", commit),
                row(catalog, "a PATCH that lasts, more", lasting(client)),
                row(catalog, "HEAD", Cost.of(store.of(() -> client.exchange("HEAD", path)))),
                row(catalog, "GET", Cost.of(store.of(() -> client.exchange("GET", path)))),
                row(catalog, "DELETE", Cost.of(store.of(() -> client.exchange("DELETE", path)))));
    }

    /** What an upload costs that is longer than the large one: more parts, and more commits. */
    private static Cost longer(Cost large, Cost commit, long length) {
        Cost part = new Cost(1, 0);
        Cost tail = new Cost(1, 0);
        return large.plus(part.times(parts(length) - parts(LARGE)))
                .plus(commit.minus(tail).times(Math.toIntExact((length - 1) / COMMITTED)));
    }

    @Test
    void longUploadsCostAsMuchAsIsComputed() throws Exception {
        long length = 2 * COMMITTED + PART;
        byte[] piece = Client.bytes(1, MEGABYTE);
        try (TestServer server = TestServer.start(store.settings().toArray(String[]::new))) {
            Client client = new Client(server.port());
            Cost large = upload(client, LARGE, new ArrayList<>());
            Cost computed = longer(large, commit(client), length);

            Cost counted =
                    Cost.of(
                            store.of(
                                    () -> {
                                        String path = client.create(length);
                                        try (RawConnection patch =
                                                client.beginAppend(path, 0, length)) {
                                            long left = length;
                                            for (; left > piece.length; left -= piece.length) {
                                                patch.send(piece);
                                            }
                                            return patch.send(Arrays.copyOf(piece, (int) left))
                                                    .read();
                                        }
                                    }));

            assertThat(counted).isEqualTo(computed);
        }
    }

    private static String row(String catalog, String name, Cost cost) {
        return "| `%s` | %s | %s |".formatted(catalog, name, cost.columns());
    }

    private static int parts(long length) {
        return Math.toIntExact(Math.ceilDiv(length, PART));
    }

    private Cost upload(Client client, int length, List<String> paths) throws IOException {
        Cost created =
                Cost.of(
                        store.of(
                                () -> {
                                    var answer = client.post(length);
                                    paths.add(answer.required("Location"));
                                    return answer;
                                }));
        String path = paths.getLast();
        return created.plus(
                Cost.of(store.of(() -> client.append(path, 0, Client.bytes(1, length)))));
    }

    private Cost whole(Client client, int length) throws IOException {
        return Cost.of(
                store.of(
                        () -> {
                            try (RawConnection connection = client.connect()) {
                                String head =
                                        Client.head(
                                                "POST",
                                                "/files",
                                                Client.OCTETS,
                                                "Upload-Length: " + length,
                                                "Content-Length: " + length);
                                return connection
                                        .request(head)
                                        .send(Client.bytes(1, length))
                                        .read();
                            }
                        }));
    }

    /** A PATCH that does not complete reads the record, as HEAD does, and commits once. */
    private Cost commit(Client client) throws IOException {
        String path = client.create(LARGE);
        Cost head = Cost.of(store.of(() -> client.exchange("HEAD", path)));
        byte[] some = Client.bytes(1, MEGABYTE);
        return Cost.of(store.of(() -> client.append(path, 0, some))).minus(head);
    }

    /** What a PATCH costs more than another one, since it lasts for half a second. */
    private Cost lasting(Client client) throws IOException {
        byte[] half = Client.bytes(1, MEGABYTE);
        String path = client.create(LARGE);
        Cost slow =
                Cost.of(
                        store.of(
                                () -> {
                                    try (RawConnection connection =
                                            client.beginAppend(path, 0, 2 * MEGABYTE)) {
                                        connection.send(half);
                                        await().pollDelay(LASTING).until(() -> true);
                                        return connection.send(half).read();
                                    }
                                }));
        String other = client.create(LARGE);
        byte[] whole = Client.bytes(1, 2 * MEGABYTE);
        return slow.minus(Cost.of(store.of(() -> client.append(other, 0, whole))));
    }
}
