package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;

/** What transcripts of the core protocol and of creation say and check again and again. */
abstract class CoreTranscript extends TusTranscript {

    static final String BYTES = "Content-Type: application/offset+octet-stream";
    static final String UNKNOWN = "/files/" + "0".repeat(32);

    CoreTranscript(String... settings) {
        super(settings);
    }

    /** The head of an append; the framing of its body is up to the caller. */
    static String appendHead(String path, long offset, String... headers) {
        return head("PATCH", path, BYTES, "Upload-Offset: " + offset) + String.join("\n", headers);
    }

    /** The head of a request with nothing but what is given. */
    static String bare(String method, String path, String... headers) {
        return "%s %s HTTP/1.1\nHost: localhost\n".formatted(method, path)
                + String.join("\n", headers);
    }

    /** A request of that head on a connection of its own. */
    RawResponse send(String head) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(head);
        }
    }

    /** A request of that head and body, each sent as it is, on a connection of its own. */
    RawResponse send(String head, String body) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.request(head).send(body).read();
        }
    }

    /** An error as the protocol wants it: status, code and version. */
    static void assertRefused(RawResponse response, int status, String code) {
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(response.text()).startsWith(code + ": ").endsWith("\n");
    }

    static void assertStatus(RawResponse response, int status) {
        assertThat(response.status()).as(response.toString() + response.text()).isEqualTo(status);
        assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
    }
}
