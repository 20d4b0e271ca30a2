package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that arrived before a cut count, however the connection ended. */
class CutTests extends CoreTranscript {

    /** An append of a hundred bytes of which these have been sent, and have begun to be taken. */
    private RawConnection begun(String upload, long offset, String bytes) throws IOException {
        RawConnection connection = connect();
        connection.request(appendHead(upload, offset, "Content-Length: 100")).send(bytes);
        awaitHolders(1);
        return connection;
    }

    private void awaitHolders(int count) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> server().part(Holders.class).count() == count);
    }

    @Test
    void afterAResetTheBytesAreThere() throws IOException {
        String upload = create("Upload-Length: 100");

        begun(upload, 0, "hello").reset();

        awaitHolders(0);
        assertThat(offset(upload)).isEqualTo(5);
        assertStatus(append(upload, 5, "x".repeat(95)), 204);
        assertThat(text(upload)).isEqualTo("hello" + "x".repeat(95));
    }

    @Test
    void afterACloseTheBytesAreThere() throws IOException {
        String upload = create("Upload-Length: 100");

        begun(upload, 0, "hello").close();

        awaitHolders(0);
        assertThat(offset(upload)).isEqualTo(5);
    }

    @Test
    void whoeverStopsSendingIsTold() throws IOException {
        String upload = create("Upload-Length: 100");
        try (RawConnection connection = begun(upload, 0, "hello")) {
            assertRefused(connection.halfClose().read(), 400, "body-cut");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(offset(upload)).isEqualTo(5);
    }

    @Test
    void chunksThatArrivedCount() throws IOException {
        String upload = create("Upload-Length: 100");
        try (RawConnection connection = connect()) {
            connection.request(appendHead(upload, 0, "Transfer-Encoding: chunked"));
            connection.send("5\r\nhello\r\n10\r\n wor").halfClose();

            assertRefused(connection.read(), 400, "body-cut");
        }
        assertThat(offset(upload)).isEqualTo(9);
    }

    @Test
    void whileAConnectionIsSilentTheBytesAreTold() throws IOException {
        String upload = create("Upload-Length: 100");
        try (RawConnection _ = begun(upload, 0, "hello")) {
            assertThat(offset(upload)).isEqualTo(5);
        }
        awaitHolders(0);
    }

    @Test
    void silentConnectionGivesWayToANewOne() throws IOException {
        String upload = create("Upload-Length: 100");
        try (RawConnection silent = begun(upload, 0, "hello")) {
            assertStatus(append(upload, offset(upload), "x".repeat(95)), 204);

            assertRefused(silent.read(), 423, "upload-taken-over");
        }
        assertThat(text(upload)).isEqualTo("hello" + "x".repeat(95));
    }

    @Test
    void resetsHarmNothingElse() throws IOException {
        String kept = create("Upload-Length: 100");
        try (RawConnection idle = connect();
                RawConnection moving = begun(kept, 0, "hello")) {
            for (int i = 0; i < 20; i++) {
                String other = create("Upload-Length: 100");
                RawConnection cut = connect();
                cut.request(appendHead(other, 0, "Content-Length: 100")).send("half");
                awaitHolders(2);
                cut.reset();
                awaitHolders(1);
            }
            assertStatus(idle.exchange(bare("OPTIONS", "/files")), 200);
            assertStatus(moving.send("x".repeat(95)).read(), 204);
        }
        assertThat(text(kept)).isEqualTo("hello" + "x".repeat(95));
    }

    @Test
    void resumingAfterManyCutsGivesTheSameContent() throws IOException {
        byte[] bytes = new byte[1 << 20];
        Random random = new Random(7);
        random.nextBytes(bytes);
        String upload = create("Upload-Length: " + bytes.length);
        long offset = 0;
        for (int cut = 0; cut < 20; cut++) {
            int end = (int) Math.min(bytes.length - 1, offset + random.nextInt(80_000));
            RawConnection connection = connect();
            connection.request(
                    appendHead(upload, offset, "Content-Length: " + (bytes.length - offset)));
            connection.send(Arrays.copyOfRange(bytes, (int) offset, end));
            awaitHolders(1);
            connection.reset();
            awaitHolders(0);
            long next = offset(upload);
            assertThat(next).isBetween(offset, (long) end);
            offset = next;
        }
        assertStatus(
                append(upload, offset, Arrays.copyOfRange(bytes, (int) offset, bytes.length)), 204);
        assertThat(content(upload)).isEqualTo(bytes);
    }

    @Test
    void cutCreationKeepsItsBytesUnderItsKey() throws IOException {
        String key = "Idempotency-Key: cut";
        try (RawConnection connection = connect()) {
            connection.request(
                    head(
                            "POST",
                            "/files",
                            BYTES,
                            key,
                            "Upload-Length: 100",
                            "Content-Length: 100"));
            assertRefused(connection.send("hello").halfClose().read(), 400, "body-cut");
        }
        RawResponse again = exchange("POST", "/files", key, "Upload-Length: 100");

        assertStatus(again, 201);
        assertThat(again.header("Upload-Offset")).isEqualTo("5");
        String upload = again.required("Location");
        append(upload, 5, "x".repeat(95).getBytes(US_ASCII));
        assertThat(text(upload)).isEqualTo("hello" + "x".repeat(95));
    }
}
