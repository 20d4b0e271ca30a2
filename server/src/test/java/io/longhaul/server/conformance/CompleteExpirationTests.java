package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Complete uploads expire when the server is told so. */
final class CompleteExpirationTests extends TusTranscript {

    CompleteExpirationTests() {
        super(
                STORED,
                "longhaul.complete-expiry=1s",
                "longhaul.gone-retention=2s",
                "longhaul.sweep-interval=100ms");
    }

    @Test
    @OnDisk
    void completeUploadsExpireAfterATimeOfTheirOwn() throws IOException {
        String complete = create("Upload-Length: 5");
        append(complete, 0, "hello");
        String incomplete = create("Upload-Length: 5");

        await().until(() -> exchange("GET", complete).status() == 410);
        await().until(() -> !contentFile(complete).toFile().exists());
        await().until(() -> exchange("GET", complete).status() == 404);

        assertThat(exchange("HEAD", incomplete).status()).isEqualTo(200);
    }
}
