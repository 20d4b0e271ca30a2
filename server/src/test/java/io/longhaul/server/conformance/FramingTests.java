package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9112: a request whose end could be seen in two places is refused, and the connection closed.
 * Behind each waits a second request that must not be executed, whatever the server took for the
 * end of the first.
 */
class FramingTests extends CoreTranscript {

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String ONE_CHUNK = "5\r\nhello\r\n0\r\n\r\n";

    /** An append of five bytes, and one of three to another upload behind it. */
    private void assertClosedBefore(String headers, String body) throws IOException {
        assertClosedBefore("PATCH %s HTTP/1.1\r\nHost: localhost\r\n", headers, body);
    }

    private void assertClosedBefore(String start, String headers, String body) throws IOException {
        String first = create("Upload-Length: 100");
        String second = create("Upload-Length: 100");
        String common =
                "Tus-Resumable: 1.0.0\r\n%s\r\nUpload-Offset: 0\r\n%s\r\n"
                        .formatted(BYTES, headers);
        String behind = appendHead(second, 0, "Content-Length: 3") + "\n\nabc";
        try (RawConnection connection = connect()) {
            connection.send(start.formatted(first) + common + body);
            RawResponse response = connection.send(behind.replace("\n", "\r\n")).read();

            assertThat(response.status()).as(response.toString()).isBetween(400, 505);
            assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(offset(second)).isZero();
    }

    @Test
    void theSameRequestsInOrderAreExecuted() throws IOException {
        String first = create("Upload-Length: 100");
        String second = create("Upload-Length: 100");
        try (RawConnection connection = connect()) {
            connection.request(appendHead(first, 0, "Transfer-Encoding: chunked")).send(ONE_CHUNK);
            connection.request(appendHead(second, 0, "Content-Length: 3")).send("abc");

            assertStatus(connection.read(), 204);
            assertStatus(connection.read(), 204);
        }
        assertThat(offset(first)).isEqualTo(5);
        assertThat(offset(second)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
            })
    void refusesLengthWithChunks(String headers) throws IOException {
        assertClosedBefore(headers, ONE_CHUNK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nContent-Length: 6",
                "6\r\nContent-Length: 5",
                "5\r\ncontent-length: 0",
                "5, 6",
                "-5",
                "+5",
                "5x",
                "0x5",
                "5 5",
                "5.0",
                "",
                "9223372036854775808",
                "18446744073709551621",
                "99999999999999999999999999"
            })
    void refusesOddLengths(String value) throws IOException {
        assertClosedBefore("Content-Length: " + value + "\r\n", "hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "-1",
                "-5",
                "+5",
                "0x5",
                "5x",
                "",
                " 5",
                "5 5",
                "5\u0000",
                "5\r",
                "8000000000000000",
                "FFFFFFFFFFFFFFFF",
                "FFFFFFFFFFFFFFFFF",
                "10000000000000005"
            })
    void refusesOddChunkSizes(String size) throws IOException {
        assertClosedBefore(CHUNKED, size + "\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void refusesChunkLongerThanItsSize() throws IOException {
        assertClosedBefore(CHUNKED, "5\r\nhello!!\r\n0\r\n\r\n");
    }

    @Test
    void takesWhatIsBehindForTheHugeChunkThatWasAnnounced() throws IOException {
        assertClosedBefore(CHUNKED, "7FFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\nhello\n0\n\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n"})
    void refusesChunksThatEndWithBareLineFeeds(String body) throws IOException {
        assertClosedBefore(CHUNKED, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity",
                "gzip",
                "gzip, chunked",
                "deflate\r\nTransfer-Encoding: chunked",
                "chunked, gzip",
                "chunked, identity",
                "chunked, chunked",
                "xchunked",
                "chunked;x=y",
                "chunked\r\nTransfer-Encoding: identity",
                "\u000bchunked",
                ""
            })
    void refusesOtherTransferCodings(String codings) throws IOException {
        assertClosedBefore("Transfer-Encoding: " + codings + "\r\n", ONE_CHUNK);
    }

    @Test
    void compressedContentIsNotTakenForContent() throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                send(appendHead(upload, 0, "Transfer-Encoding: gzip, chunked"), ONE_CHUNK);

        assertRefused(response, 501, "unsupported-transfer-coding");
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-A: b\r\n c\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\n 5\r\n",
                " Content-Length: 5\r\n",
                "Content-Length : 5\r\n",
                "Content-Length\t: 5\r\n",
                "X-A : b\r\nContent-Length: 5\r\n",
                "no colon\r\nContent-Length: 5\r\n",
                ": no name\r\nContent-Length: 5\r\n",
                "X(A: b\r\nContent-Length: 5\r\n",
                "X-A: a\rb\r\nContent-Length: 5\r\n",
                "X-A: a\u0000b\r\nContent-Length: 5\r\n",
                "X-A: b\nContent-Length: 5\r\n",
                "Content-Length: 5\n",
                "Host: other\r\nContent-Length: 5\r\n",
            })
    void refusesOddHeaderLines(String headers) throws IOException {
        assertClosedBefore(headers, "hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH %s HTTP/1.1\r\n",
                "PATCH %s HTTP/1.1\nHost: localhost\n",
                "PATCH %s\r\nHost: localhost\r\n",
                "PATCH %s HTTP/1.2\r\nHost: localhost\r\n",
                "PATCH %s HTTP/2.0\r\nHost: localhost\r\n",
                "PATCH %s x HTTP/1.1\r\nHost: localhost\r\n",
                "PA(CH %s HTTP/1.1\r\nHost: localhost\r\n",
            })
    void refusesOddStarts(String start) throws IOException {
        assertClosedBefore(start, "Content-Length: 5\r\n", "hello");
    }
}
