package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** tus 1.0.0, Upload-Defer-Length: a length that is told later, and once. */
class DeferredLengthTests extends CoreTranscript {

    private void assertDeferred(String upload, long offset) throws IOException {
        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Defer-Length")).isEqualTo("1");
        assertThat(head.header("Upload-Length")).isNull();
        assertThat(head.header("Upload-Offset")).isEqualTo(Long.toString(offset));
    }

    private void assertLength(String upload, long length) throws IOException {
        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Length")).isEqualTo(Long.toString(length));
        assertThat(head.header("Upload-Defer-Length")).isNull();
    }

    @Test
    void staysDeferredUntilTold() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        assertDeferred(upload, 0);
        assertStatus(append(upload, 0, "hello"), 204);
        assertDeferred(upload, 5);
        assertRefused(exchange("GET", upload), 409, "upload-incomplete");
    }

    @Test
    void comesWithAnAppend() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        assertStatus(append(upload, 0, "hello", "Upload-Length: 11"), 204);

        assertLength(upload, 11);
        assertStatus(append(upload, 5, " world", "Upload-Length: 11"), 204);
        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void comesWithTheLastBytes() throws IOException {
        String upload = create("Upload-Defer-Length: 1");
        append(upload, 0, "hello");

        assertStatus(append(upload, 5, " world", "Upload-Length: 11"), 204);

        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void comesWithoutBytesAndCompletes() throws IOException {
        String upload = create("Upload-Defer-Length: 1");
        append(upload, 0, "hello");

        RawResponse response = append(upload, 5, "", "Upload-Length: 5");

        assertStatus(response, 204);
        assertThat(response.header("Upload-Offset")).isEqualTo("5");
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void mayBeZero() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        assertStatus(append(upload, 0, "", "Upload-Length: 0"), 204);

        assertThat(content(upload)).isEmpty();
    }

    @Test
    void cannotChange() throws IOException {
        String upload = create("Upload-Defer-Length: 1");
        append(upload, 0, "hello", "Upload-Length: 11");

        assertRefused(append(upload, 5, "x", "Upload-Length: 12"), 400, "length-conflict");
        assertRefused(append(upload, 5, "x", "Upload-Length: 6"), 400, "length-conflict");

        assertLength(upload, 11);
        assertThat(offset(upload)).isEqualTo(5);
    }

    @Test
    void ofAnUploadThatHasOneCannotChange() throws IOException {
        String upload = create("Upload-Length: 5");

        assertRefused(append(upload, 0, "hello", "Upload-Length: 6"), 400, "length-conflict");
        assertLength(upload, 5);
        assertStatus(append(upload, 0, "hello", "Upload-Length: 5"), 204);
    }

    @Test
    void cannotBeLessThanTheOffset() throws IOException {
        String upload = create("Upload-Defer-Length: 1");
        append(upload, 0, "hello");

        assertRefused(append(upload, 5, "", "Upload-Length: 4"), 400, "length-conflict");

        assertDeferred(upload, 5);
    }

    @Test
    void boundsTheBytesItComesWith() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        assertRefused(
                send(appendHead(upload, 0, "Upload-Length: 4", "Content-Length: 5")),
                413,
                "length-exceeded");
        assertDeferred(upload, 0);
        assertRefused(
                send(
                        appendHead(upload, 0, "Upload-Length: 4", "Transfer-Encoding: chunked"),
                        "5\r\nhello\r\n"),
                413,
                "length-exceeded");
        assertThat(offset(upload)).isLessThanOrEqualTo(4);
    }

    @Test
    void isNotTakenAtAnotherOffset() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        assertRefused(append(upload, 1, "hello", "Upload-Length: 6"), 409, "offset-mismatch");

        assertDeferred(upload, 0);
    }
}
