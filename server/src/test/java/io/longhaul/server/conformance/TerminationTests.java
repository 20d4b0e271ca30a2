package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** DELETE (tus 1.0.0, Termination). */
final class TerminationTests extends TusTranscript {

    private static final Duration RETENTION = Duration.ofSeconds(3);

    TerminationTests() {
        super(
                STORED,
                "longhaul.gone-retention=" + RETENTION.toSeconds() + "s",
                "longhaul.sweep-interval=100ms");
    }

    private void assertGone(String path) throws IOException {
        assertThat(exchange("HEAD", path).status()).isEqualTo(410);
        assertThat(exchange("GET", path).text()).startsWith("upload-terminated");
        assertThat(append(path, 0, "x").status()).isEqualTo(410);
        assertThat(exchange("DELETE", path).status()).isEqualTo(410);
        assertThat(contentFile(path)).doesNotExist();
    }

    @Test
    @OnDisk
    void endsAnIncompleteUploadAndFreesItsSpace() throws IOException {
        String path = create("Upload-Length: 10");
        append(path, 0, "hello");
        assertThat(contentFile(path)).exists();

        RawResponse response = exchange("DELETE", path);

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.required("Tus-Resumable")).isEqualTo("1.0.0");
        assertGone(path);
    }

    @Test
    void endsACompleteUploadAndFreesItsSpace() throws IOException {
        String path = create("Upload-Length: 5");
        append(path, 0, "hello");

        assertThat(exchange("DELETE", path).status()).isEqualTo(204);

        assertGone(path);
    }

    @Test
    void endsAnUploadWithoutAByte() throws IOException {
        String path = create("Upload-Defer-Length: 1");

        assertThat(exchange("DELETE", path).status()).isEqualTo(204);

        assertGone(path);
    }

    @Test
    void isForgottenAfterAWhile() throws IOException {
        String path = create("Upload-Length: 5");
        exchange("DELETE", path);
        assertThat(exchange("HEAD", path).status()).isEqualTo(410);

        await().atMost(RETENTION.plusSeconds(10))
                .until(() -> exchange("HEAD", path).status() == 404);

        assertThat(exchange("DELETE", path).status()).isEqualTo(404);
    }

    @Test
    void answers404ForAnUploadThatNeverWas() throws IOException {
        String path = "/files/" + "a".repeat(32);

        assertThat(exchange("DELETE", path).status()).isEqualTo(404);
    }

    @Test
    void stopsAnAppendThatIsMoving() throws Exception {
        String path = create("Upload-Length: 1000000");
        byte[] bytes = TestBytes.random(1, 1_000_000);
        try (SteadyAppend append =
                SteadyAppend.begin(beginAppend(path, 0, bytes.length), bytes, 1000)) {
            awaitArrival();
            long started = System.nanoTime();

            assertThat(exchange("DELETE", path).status()).isEqualTo(204);

            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(contentFile(path)).doesNotExist();
            await().atMost(Duration.ofSeconds(5)).until(append::isAnswered);
            append.answer().ifPresent(response -> assertThat(response.status()).isEqualTo(410));
        }
    }

    @Test
    void stopsAnAppendThatIsSilent() throws Exception {
        String path = create("Upload-Length: 1000000");
        try (RawConnection client = beginAppend(path, 0, 1_000_000)) {
            client.send("hello");
            awaitArrival();

            assertThat(exchange("DELETE", path).status()).isEqualTo(204);

            assertThat(client.timeout(Duration.ofSeconds(5)).read().status()).isEqualTo(410);
            assertThat(contentFile(path)).doesNotExist();
        }
    }
}
