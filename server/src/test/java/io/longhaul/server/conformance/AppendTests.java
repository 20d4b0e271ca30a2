package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, PATCH: bytes at the offset, or nothing. */
class AppendTests extends CoreTranscript {

    @Test
    void addsBytesAtTheOffset() throws IOException {
        String upload = create("Upload-Length: 11");

        RawResponse first = append(upload, 0, "hello");
        RawResponse second = append(upload, 5, " world");

        assertStatus(first, 204);
        assertThat(first.header("Upload-Offset")).isEqualTo("5");
        assertStatus(second, 204);
        assertThat(second.header("Upload-Offset")).isEqualTo("11");
        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void addsChunks() throws IOException {
        String upload = create("Upload-Length: 11");

        RawResponse response =
                send(
                        appendHead(upload, 0, "Transfer-Encoding: chunked"),
                        "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");

        assertStatus(response, 204);
        assertThat(response.header("Upload-Offset")).isEqualTo("11");
        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void keepsEveryByteOfALargeBody() throws IOException {
        byte[] bytes = new byte[5_000_003];
        new Random(1).nextBytes(bytes);
        String upload = create("Upload-Length: " + bytes.length);

        assertStatus(append(upload, 0, bytes), 204);

        assertThat(content(upload)).isEqualTo(bytes);
    }

    @Test
    void mayAddNothing() throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response = append(upload, 0, "");

        assertStatus(response, 204);
        assertThat(response.header("Upload-Offset")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 6, 11, 12, 1L << 40})
    void anotherOffsetIsRefusedAndTheRightOneTold(long wrong) throws IOException {
        String upload = create("Upload-Length: 11");
        append(upload, 0, "hello");

        RawResponse response = append(upload, wrong, "x");

        assertRefused(response, 409, "offset-mismatch");
        assertThat(response.header("Upload-Offset")).isEqualTo("5");
        assertThat(offset(upload)).isEqualTo(5);
    }

    @Test
    void needsAnOffset() throws IOException {
        String upload = create("Upload-Length: 5");

        assertRefused(exchange("PATCH", upload, new byte[5], BYTES), 400, "missing-offset");
        assertThat(offset(upload)).isZero();
    }

    @Test
    void needsAnUpload() throws IOException {
        assertRefused(append(UNKNOWN, 0, "hello"), 404, "upload-not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-None: 1",
                "Content-Type:",
                "Content-Type: application/octet-stream",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: application/offset+octet-streams",
                "Content-Type: text/plain; application/offset+octet-stream",
            })
    void otherTypesAreRefusedUnread(String type) throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                send(head("PATCH", upload, type, "Upload-Offset: 0", "Content-Length: 5"));

        assertRefused(response, 415, "unsupported-content-type");
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Application/Offset+Octet-Stream", "application/offset+octet-stream; x=y"})
    void theTypeIsReadAsATypeIs(String type) throws IOException {
        String upload = create("Upload-Length: 5");

        assertStatus(
                exchange(
                        "PATCH",
                        upload,
                        "hello".getBytes(US_ASCII),
                        "Content-Type: " + type,
                        "Upload-Offset: 0"),
                204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1000000", "9223372036854775807"})
    void bytesBeyondTheLengthAreRefusedUnread(String contentLength) throws IOException {
        String upload = create("Upload-Length: 11");
        append(upload, 0, "hello");

        RawResponse response = send(appendHead(upload, 5, "Content-Length: " + contentLength));

        assertRefused(response, 413, "length-exceeded");
        assertThat(offset(upload)).isEqualTo(5);
    }

    @Test
    void endBeyondTheLargestNumberIsRefusedUnread() throws IOException {
        String upload = create("Upload-Length: 9223372036854775807");
        append(upload, 0, "hello");

        RawResponse response = send(appendHead(upload, 5, "Content-Length: 9223372036854775807"));

        assertRefused(response, 413, "length-exceeded");
    }

    @Test
    void chunksBeyondTheLengthAreRefusedAtTheLimit() throws IOException {
        String upload = create("Upload-Length: 5");
        try (RawConnection connection = connect()) {
            connection.request(appendHead(upload, 0, "Transfer-Encoding: chunked"));
            connection.send("3\r\nhel\r\n");

            RawResponse response = connection.send("3\r\nlo!\r\n").read();

            assertRefused(response, 413, "length-exceeded");
        }
        long offset = offset(upload);
        assertThat(offset).isLessThanOrEqualTo(5);
        append(upload, offset, "hello".substring((int) offset));
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void completeUploadTakesNoMore() throws IOException {
        String upload = create("Upload-Length: 5");
        append(upload, 0, "hello");

        assertRefused(append(upload, 5, "!"), 413, "length-exceeded");
        assertRefused(append(upload, 0, "jello"), 409, "offset-mismatch");
        assertRefused(
                send(appendHead(upload, 5, "Transfer-Encoding: chunked"), "1\r\n!\r\n0\r\n\r\n"),
                413,
                "length-exceeded");
        assertStatus(append(upload, 5, ""), 204);
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void headOfACompleteUploadStillTells() throws IOException {
        String upload = create("Upload-Length: 5");
        append(upload, 0, "hello");

        RawResponse head = exchange("HEAD", upload);

        assertStatus(head, 200);
        assertThat(head.header("Upload-Offset")).isEqualTo("5");
        assertThat(head.header("Upload-Length")).isEqualTo("5");
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    }
}
