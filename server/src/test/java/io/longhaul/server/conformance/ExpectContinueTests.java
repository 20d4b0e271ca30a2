package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** RFC 9110, 10.1.1: the client waits for a 100 before its body, and gets one when it is wanted. */
class ExpectContinueTests extends CoreTranscript {

    private static final String EXPECT = "Expect: 100-continue";

    /** The final answer comes at once and alone, and the connection ends: no body is awaited. */
    private void assertRefusedAtOnce(String head, int status, String code) throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse response = connection.exchange(head);

            assertRefused(response, status, code);
            assertThat(response.interim()).isEmpty();
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    private static String expecting(String path, long offset, int length) {
        return appendHead(path, offset, EXPECT, "Content-Length: " + length);
    }

    @Test
    void acceptedAppendIsToldToGoOn() throws IOException {
        String upload = create("Upload-Length: 5");
        try (RawConnection connection = connect()) {
            connection.request(expecting(upload, 0, 5));

            assertThat(connection.readInterim().status()).isEqualTo(100);
            RawResponse response = connection.send("hello").read();

            assertStatus(response, 204);
            assertThat(response.interim()).isEmpty();
            assertThat(connection.exchange(head("HEAD", upload)).header("Upload-Offset"))
                    .isEqualTo("5");
        }
    }

    @Test
    void acceptedCreationIsToldToGoOn() throws IOException {
        try (RawConnection connection = connect()) {
            connection.request(
                    head("POST", "/files", BYTES, EXPECT, "Upload-Length: 5", "Content-Length: 5"));

            assertThat(connection.readInterim().status()).isEqualTo(100);
            RawResponse response = connection.send("hello").read();

            assertStatus(response, 201);
            assertThat(text(response.required("Location"))).isEqualTo("hello");
        }
    }

    @Test
    void bodyThatDoesNotWaitIsTaken() throws IOException {
        String upload = create("Upload-Length: 5");
        try (RawConnection connection = connect()) {
            RawResponse response = connection.request(expecting(upload, 0, 5)).send("hello").read();

            assertStatus(response, 204);
        }
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void refusedAppendsAreNot() throws IOException {
        String upload = create("Upload-Length: 5");

        assertRefusedAtOnce(
                bare("PATCH", upload, BYTES, EXPECT, "Upload-Offset: 0", "Content-Length: 5"),
                412,
                "unsupported-version");
        assertRefusedAtOnce(
                head("PATCH", upload, EXPECT, "Upload-Offset: 0", "Content-Length: 5"),
                415,
                "unsupported-content-type");
        assertRefusedAtOnce(
                head("PATCH", upload, BYTES, EXPECT, "Upload-Offset: +0", "Content-Length: 5"),
                400,
                "invalid-number");
        assertRefusedAtOnce(expecting(UNKNOWN, 0, 5), 404, "upload-not-found");
        assertRefusedAtOnce(expecting("/files/none", 0, 5), 404, "upload-not-found");
        assertRefusedAtOnce(expecting("/files", 0, 5), 405, "method-not-allowed");
        assertRefusedAtOnce(expecting(upload, 1, 5), 409, "offset-mismatch");
        assertRefusedAtOnce(expecting(upload, 0, 6), 413, "length-exceeded");
        assertThat(offset(upload)).isZero();
    }

    @Test
    void refusedCreationsAreNot() throws IOException {
        String body = "Content-Length: 5";

        assertRefusedAtOnce(
                bare("POST", "/files", BYTES, EXPECT, "Upload-Length: 5", body),
                412,
                "unsupported-version");
        assertRefusedAtOnce(
                head("POST", "/files", EXPECT, "Upload-Length: 5", body),
                415,
                "unsupported-content-type");
        assertRefusedAtOnce(head("POST", "/files", BYTES, EXPECT, body), 400, "missing-length");
        assertRefusedAtOnce(
                head("POST", "/files", BYTES, EXPECT, "Upload-Length: 4", body),
                413,
                "length-exceeded");
    }
}
