package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, Creation and Creation With Upload: POST. */
class CreationTests extends CoreTranscript {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    private RawResponse post(String... headers) throws IOException {
        return exchange("POST", "/files", new byte[0], headers);
    }

    @Test
    void newUploadHasOffsetZero() throws IOException {
        RawResponse created = post("Upload-Length: 5");

        assertStatus(created, 201);
        assertThat(created.text()).isEmpty();
        RawResponse head = exchange("HEAD", created.required("Location"));
        assertStatus(head, 200);
        assertThat(head.header("Upload-Offset")).isEqualTo("0");
        assertThat(head.header("Upload-Length")).isEqualTo("5");
        assertThat(head.header("Upload-Defer-Length")).isNull();
        assertThat(head.header("Upload-Metadata")).isNull();
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void needsALength() throws IOException {
        assertRefused(post(), 400, "missing-length");
    }

    @Test
    void takesOneKindOfLength() throws IOException {
        assertRefused(post("Upload-Length: 5", "Upload-Defer-Length: 1"), 400, "length-conflict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "01", "true", "", "1, 1", "-1"})
    void deferredLengthIsOneOrAbsent(String value) throws IOException {
        assertRefused(post("Upload-Defer-Length: " + value), 400, "invalid-defer-length");
        assertRefused(
                post("Upload-Length: 5", "Upload-Defer-Length: " + value),
                400,
                "invalid-defer-length");
    }

    @Test
    void lengthZeroIsCompleteAtOnce() throws IOException {
        String upload = create("Upload-Length: 0");

        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Offset")).isEqualTo("0");
        assertThat(head.header("Upload-Length")).isEqualTo("0");
        assertThat(head.header("Upload-Expires")).isNull();
        RawResponse get = exchange("GET", upload);
        assertStatus(get, 200);
        assertThat(get.header("Content-Length")).isEqualTo("0");
        assertThat(get.body()).isEmpty();
    }

    @Test
    void lengthZeroTakesNoBytes() throws IOException {
        assertRefused(
                exchange("POST", "/files", HELLO, BYTES, "Upload-Length: 0"),
                413,
                "length-exceeded");
        assertRefused(append(create("Upload-Length: 0"), 0, "x"), 413, "length-exceeded");
    }

    @Test
    void wholeContentMayComeAlong() throws IOException {
        RawResponse created = exchange("POST", "/files", HELLO, BYTES, "Upload-Length: 5");

        assertStatus(created, 201);
        assertThat(created.header("Upload-Offset")).isEqualTo("5");
        assertThat(text(created.required("Location"))).isEqualTo("hello");
    }

    @Test
    void firstBytesMayComeAlong() throws IOException {
        RawResponse created = exchange("POST", "/files", HELLO, BYTES, "Upload-Length: 11");
        String upload = created.required("Location");

        assertThat(created.header("Upload-Offset")).isEqualTo("5");
        assertThat(offset(upload)).isEqualTo(5);
        assertStatus(append(upload, 5, " world"), 204);
        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void bytesOfUnknownLengthMayComeAlong() throws IOException {
        RawResponse created =
                send(
                        head(
                                "POST",
                                "/files",
                                BYTES,
                                "Upload-Defer-Length: 1",
                                "Transfer-Encoding: chunked"),
                        "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");

        assertStatus(created, 201);
        assertThat(created.header("Upload-Offset")).isEqualTo("11");
        RawResponse head = exchange("HEAD", created.required("Location"));
        assertThat(head.header("Upload-Offset")).isEqualTo("11");
        assertThat(head.header("Upload-Defer-Length")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-None: 1", "Content-Type: text/plain", "Content-Type:"})
    void bodyOfAnotherTypeIsRefusedUnread(String type) throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse response =
                    connection.exchange(
                            head("POST", "/files", type, "Upload-Length: 5", "Content-Length: 5"));

            assertRefused(response, 415, "unsupported-content-type");
            assertThat(response.header("Location")).isNull();
        }
    }

    @Test
    void bytesBeyondTheLengthAreRefusedUnread() throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse response =
                    connection.exchange(
                            head("POST", "/files", BYTES, "Upload-Length: 4", "Content-Length: 5"));

            assertRefused(response, 413, "length-exceeded");
            assertThat(response.header("Location")).isNull();
        }
    }

    @Test
    void chunksBeyondTheLengthAreRefusedAtTheLimit() throws IOException {
        try (RawConnection connection = connect()) {
            connection.request(
                    head(
                            "POST",
                            "/files",
                            BYTES,
                            "Upload-Length: 4",
                            "Transfer-Encoding: chunked"));

            RawResponse response = connection.send("5\r\nhello\r\n").read();

            assertRefused(response, 413, "length-exceeded");
            assertThat(response.header("Location")).isNull();
        }
    }

    @Test
    void emptyBodyNeedsNoType() throws IOException {
        assertStatus(post("Content-Type: text/plain", "Upload-Length: 5"), 201);
        assertStatus(send(head("POST", "/files", "Upload-Length: 5")), 201);
    }

    @Test
    void absoluteTargetIsTheSame() throws IOException {
        String target = "http://localhost/files";

        RawResponse created = exchange("POST", target, new byte[0], "Upload-Length: 5");

        assertThat(created.required("Location")).startsWith("/files/");
    }
}
