package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a connection when a request with a body is refused (RFC 9112, 9.3 and 9.6). */
class ConnectionTests extends CoreTranscript {

    private static final byte[] BLOCK = new byte[64 << 10];
    private static final int BLOCKS = 128;

    private static String chunk(int size) {
        return "%x\r\n%s\r\n".formatted(size, "x".repeat(size));
    }

    @Test
    void goesOnAfterRefusedRequestsWithABody() throws IOException {
        String upload = create("Upload-Length: 5");
        String length = "Content-Length: 6";
        try (RawConnection connection = connect()) {
            for (int round = 0; round < 5; round++) {
                for (String head :
                        List.of(
                                bare("PATCH", upload, BYTES, "Upload-Offset: 0", length),
                                head("PATCH", upload, "Upload-Offset: 0", length),
                                head("PATCH", upload, BYTES, "Upload-Offset: x", length),
                                head("POST", "/files", BYTES, length),
                                appendHead(UNKNOWN, 0, length),
                                appendHead(upload, 1, length),
                                appendHead(upload, 0, length))) {
                    RawResponse response = connection.request(head).send("hello!").read();

                    assertThat(response.status()).isBetween(400, 415);
                    assertThat(response.header("Connection")).isNull();
                }
            }
            assertStatus(
                    connection
                            .request(appendHead(upload, 0, "Content-Length: 5"))
                            .send("hello")
                            .read(),
                    204);
        }
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void goesOnAfterRefusedChunks() throws IOException {
        String upload = create("Upload-Length: 5");
        String chunked = "Transfer-Encoding: chunked";
        try (RawConnection connection = connect()) {
            for (int round = 0; round < 5; round++) {
                connection.request(appendHead(UNKNOWN, 0, chunked));
                assertStatus(connection.send(chunk(70_000) + chunk(3) + "0\r\n\r\n").read(), 404);
                connection.request(appendHead(upload, 0, chunked));
                assertStatus(connection.send(chunk(70_000) + chunk(3) + "0\r\n\r\n").read(), 413);
            }
            assertStatus(connection.exchange(head("HEAD", upload)), 200);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        String upload = create("Upload-Length: 10");
        try (RawConnection connection = connect()) {
            connection.request(appendHead(upload, 0, "Content-Length: 5")).send("hello");
            connection.request(appendHead(upload, 0, "Content-Length: 5")).send("HELLO");
            connection.request(appendHead(upload, 5, "Content-Length: 5")).send("world");

            assertStatus(connection.read(), 204);
            assertStatus(connection.read(), 409);
            assertStatus(connection.read(), 204);
        }
        assertThat(text(upload)).isEqualTo("helloworld");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientThatSendsALargeBodyFirstStillSeesTheRefusal(boolean chunked) throws IOException {
        String framing =
                chunked
                        ? "Transfer-Encoding: chunked"
                        : "Content-Length: " + (long) BLOCK.length * BLOCKS;
        try (RawConnection connection = connect()) {
            connection.request(appendHead(UNKNOWN, 0, framing));
            for (int i = 0; i < BLOCKS; i++) {
                if (chunked) {
                    connection.send(chunk(BLOCK.length));
                } else {
                    connection.send(BLOCK);
                }
            }

            assertRefused(connection.read(), 404, "upload-not-found");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyWithoutEndIsCutOff(boolean chunked) throws Exception {
        String framing =
                chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + Long.MAX_VALUE;
        try (RawConnection connection = connect()) {
            connection.request(appendHead(UNKNOWN, 0, framing));
            Thread sender = Thread.startVirtualThread(() -> sendUntilClosed(connection, chunked));

            assertRefused(connection.read(), 404, "upload-not-found");
            assertThat(sender.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    private static void sendUntilClosed(RawConnection connection, boolean chunked) {
        byte[] block = chunked ? chunk(BLOCK.length).getBytes(US_ASCII) : BLOCK;
        try {
            while (true) {
                connection.send(block);
            }
        } catch (IOException _) { // the server has closed: that is what the test waits for
            return;
        }
    }

    @Test
    void bodyThatDoesNotComeIsNotAwaitedForLong() throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse response =
                    connection.exchange(appendHead(UNKNOWN, 0, "Content-Length: 1000000000"));

            assertRefused(response, 404, "upload-not-found");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void clientMayCloseIt() throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse response =
                    connection.exchange(bare("OPTIONS", "/files", "Connection: close"));

            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }
}
