package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** tus 1.0.0, Tus-Max-Size: told, and kept also where the length is not known yet. */
class MaxSizeTests extends CoreTranscript {

    MaxSizeTests() {
        super("longhaul.max-size=10B");
    }

    private RawResponse post(String... headers) throws IOException {
        return exchange("POST", "/files", new byte[0], headers);
    }

    @Test
    void optionsTellIt() throws IOException {
        assertThat(send(bare("OPTIONS", "/files")).header("Tus-Max-Size")).isEqualTo("10");
    }

    @Test
    void boundsTheLength() throws IOException {
        assertStatus(post("Upload-Length: 10"), 201);
        assertRefused(post("Upload-Length: 11"), 413, "max-size-exceeded");
        assertRefused(post("Upload-Length: 9223372036854775807"), 413, "max-size-exceeded");
    }

    @Test
    void boundsBytesOfUnknownLengthUnread() throws IOException {
        String upload = create("Upload-Defer-Length: 1");
        append(upload, 0, "hello");

        RawResponse response = send(appendHead(upload, 5, "Content-Length: 6"));
        RawResponse overflowing =
                send(appendHead(upload, 5, "Content-Length: 9223372036854775807"));

        assertRefused(response, 413, "max-size-exceeded");
        assertRefused(overflowing, 413, "max-size-exceeded");
        assertThat(offset(upload)).isEqualTo(5);
        assertStatus(append(upload, 5, "12345", "Upload-Length: 10"), 204);
        assertThat(text(upload)).isEqualTo("hello12345");
    }

    @Test
    void boundsChunksAtTheLimit() throws IOException {
        String upload = create("Upload-Defer-Length: 1");
        append(upload, 0, "hello");
        try (RawConnection connection = connect()) {
            connection.request(appendHead(upload, 5, "Transfer-Encoding: chunked"));
            connection.send("5\r\n12345\r\n");

            RawResponse response = connection.send("1\r\n6\r\n").read();

            assertRefused(response, 413, "max-size-exceeded");
        }
        assertThat(offset(upload)).isBetween(5L, 10L);
    }

    @Test
    void boundsALengthThatComesLater() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        RawResponse response = append(upload, 0, "hello", "Upload-Length: 11");

        assertRefused(response, 413, "max-size-exceeded");
        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Defer-Length")).isEqualTo("1");
        assertThat(head.header("Upload-Offset")).isEqualTo("0");
    }

    @Test
    void boundsBytesThatComeWithACreation() throws IOException {
        RawResponse response =
                send(head("POST", "/files", BYTES, "Upload-Defer-Length: 1", "Content-Length: 11"));

        assertRefused(response, 413, "max-size-exceeded");
        assertThat(response.header("Location")).isNull();
    }
}
