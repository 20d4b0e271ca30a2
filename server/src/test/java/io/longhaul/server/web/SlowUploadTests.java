package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.testing.InMemoryContentStore;
import io.longhaul.server.testing.RawConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upload that comes a byte at a time. */
@Timeout(60)
final class SlowUploadTests {

    private static final String HEADERS =
            "HTTP/1.1\nHost: localhost\nTus-Resumable: 1.0.0"
                    + "\nContent-Type: application/offset+octet-stream\n";

    /** In three seconds. */
    private static final int PIECES = 30;

    /**
     * A holder may stall for less than its rest and the pieces take, and more than each of them.
     */
    private static final HolderTiming TIMING =
            new HolderTiming(
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    private final CompletableFuture<Long> accepted = new CompletableFuture<>();
    private final UploadListener observer =
            new UploadListener() {
                @Override
                public void onAppend(long bytes, Duration took) {
                    accepted.complete(bytes);
                }
            };
    private UploadServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                UploadServer.start(
                        new InMemoryContentStore(), new Holders(TIMING, observer), observer);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void goesOnWhileItsOffsetIsAskedFor() throws Exception {
        try (RawConnection client = server.connect();
                RawConnection other = server.connect()) {
            String path = begin(client);
            trickle(client);

            assertThat(other.exchange("HEAD " + path + " " + HEADERS).required("Upload-Offset"))
                    .isEqualTo(Integer.toString(PIECES));

            client.send("x".repeat(1000 - PIECES));
            assertThat(client.read().status()).isEqualTo(204);
        }
    }

    @Test
    void keepsWhatHasComeWhenItIsCut() throws Exception {
        try (RawConnection client = server.connect()) {
            begin(client);
            trickle(client);
        }

        assertThat(accepted.get(10, TimeUnit.SECONDS)).isEqualTo(PIECES);
    }

    private static String begin(RawConnection client) throws Exception {
        String path =
                client.exchange("POST /files " + HEADERS + "Upload-Length: 1000")
                        .required("Location");
        client.request("PATCH " + path + " " + HEADERS + "Upload-Offset: 0\nContent-Length: 1000");
        Thread.sleep(1500); // nothing comes, so that it rests
        return path;
    }

    private static void trickle(RawConnection client) throws Exception {
        for (int i = 0; i < PIECES; i++) {
            client.send("x");
            Thread.sleep(100);
        }
    }
}
