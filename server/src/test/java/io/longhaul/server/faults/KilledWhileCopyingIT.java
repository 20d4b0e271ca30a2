package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.ShiftedClock;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server dies while the store makes one object of a final upload. */
@Timeout(180)
class KilledWhileCopyingIT {

    private static final byte[] CONTENT = Client.bytes(8, 18 << 20);

    /** After which a final upload without an object of its own is looked after. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir private Path directory;
    private final CountDownLatch copying = new CountDownLatch(1);
    private FakeS3 s3;
    private ShiftedClock clock;
    private ServerProcess server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        clock = ShiftedClock.in(directory);
        s3 = FakeS3.start(S3Rules.STRICT);
        List<String> arguments = new ArrayList<>(s3.settings());
        arguments.add("longhaul.s3.downloads=presigned");
        arguments.add("longhaul.sweep-interval=1s");
        server =
                ServerProcess.start(
                        ServerLaunch.plain().environment(clock.environment()),
                        arguments.stream().map("--"::concat).toArray(String[]::new));
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    private String partial(int from, int to) throws IOException {
        String path =
                client.exchange(
                                "POST",
                                "/files",
                                "Upload-Concat: partial",
                                "Upload-Length: " + (to - from),
                                "Content-Length: 0")
                        .required("Location");
        byte[] bytes = Arrays.copyOfRange(CONTENT, from, to);
        assertThat(client.append(path, 0, bytes).status()).isEqualTo(204);
        return path;
    }

    private String finalOf(String... partials) throws IOException {
        return client.exchange(
                        "POST",
                        "/files",
                        "Upload-Concat: final;" + String.join(" ", partials),
                        "Content-Length: 0")
                .required("Location");
    }

    private S3Fault lateCopies(S3Call call) {
        if (call.operation() != S3Operation.UPLOAD_PART_COPY) {
            return S3Fault.NONE;
        }
        copying.countDown();
        return new S3Fault.Late(Duration.ofSeconds(10));
    }

    @Test
    void nobodyNoticesAndTheNextServerFinishesIt() throws Exception {
        String first = partial(0, CONTENT.length / 2);
        String second = partial(CONTENT.length / 2, CONTENT.length);
        s3.faults(this::lateCopies);
        String path = finalOf(first, second);
        assertThat(copying.await(30, TimeUnit.SECONDS)).isTrue();

        server.kill();
        s3.faults(_ -> S3Fault.NONE);
        server.restart();

        assertThat(client.content(path)).isEqualTo(CONTENT);
        clock.set(PATIENCE);
        RawResponse link =
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () -> client.exchange("GET", path),
                                answer -> answer.status() == 307);
        String key = link.required("Location").replaceFirst(".*/(c/[^?]+)[?].*", "$1");
        assertThat(key).contains(path.substring(path.lastIndexOf('/') + 1));
        assertThat(stored(key)).isEqualTo(CONTENT);
        String told = "is complete with %d".formatted(CONTENT.length);
        await().until(() -> server.output().contains(told)); // a moment later than it is so
        server.stop();
        assertThat(server.output()).containsOnlyOnce(told);
    }

    private byte[] stored(String key) throws IOException {
        try (var bucket = s3.bucket("");
                var bytes = bucket.open(key, 0, CONTENT.length).orElseThrow()) {
            return bytes.readAllBytes();
        }
    }
}
