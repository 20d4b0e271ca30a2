package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM to a server that gets no answer from its store. */
@Timeout(120)
final class StopWithoutStoreIT {

    private static final int SIGTERM_STATUS = 128 + 15;
    private static final int LENGTH = 4 << 20;

    /** As docs/operations promises. */
    private static final Duration LIMIT = Duration.ofSeconds(28);

    @Test
    void endsInTimeThoughAnAppendWaitsForTheStore() throws Exception {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT);
                FlakyProxy network = FlakyProxy.to(store.endpoint().getPort());
                ServerProcess server = start(network)) {
            Client client = new Client(server.port());
            byte[] content = Client.bytes(1, LENGTH);
            String path = client.create(LENGTH);
            try (HeldAppend held = HeldAppend.begin(client, path, content, 0, LENGTH / 2)) {
                held.awaitAcknowledged();
                network.hold();
                held.sendRest();

                long begun = System.nanoTime();
                server.terminate();

                assertThat(server.exitStatus()).isEqualTo(SIGTERM_STATUS);
                Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                System.out.printf("Stopped in %d ms without a store%n", taken.toMillis());
                assertThat(taken).isLessThan(LIMIT);
            }
        }
    }

    private static ServerProcess start(FlakyProxy network) {
        return ServerProcess.start(
                "--longhaul.content=s3",
                "--longhaul.s3.endpoint=http://127.0.0.1:" + network.port(),
                "--longhaul.s3.bucket=" + FakeS3.BUCKET,
                "--longhaul.s3.access-key=id",
                "--longhaul.s3.secret-key=hidden");
    }
}
