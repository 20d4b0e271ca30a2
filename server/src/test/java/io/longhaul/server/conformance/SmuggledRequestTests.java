package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9112: a body is never read as a request, whoever refuses it, and what looks like another
 * protocol or another host is no way around.
 */
class SmuggledRequestTests extends CoreTranscript {

    /** A request that would delete an upload, to be hidden in the body of another one. */
    private static String deletion(String victim) {
        return head("DELETE", victim).replace("\n", "\r\n") + "\r\n";
    }

    /** The next answer on the connection, if it is still open, is that of the next request. */
    private void assertNextIsAnsweredForItself(RawConnection connection, RawResponse first)
            throws IOException {
        String other = create("Upload-Length: 77");
        append(other, 0, "x".repeat(33));
        try {
            connection.request(head("HEAD", other));
            assertThat(connection.readHead().header("Upload-Offset")).isEqualTo("33");
        } catch (EOFException | SocketException _) { // closed, as it may be once it said so
            assertThat(first.header("Connection")).isEqualTo("close");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH /files/00000000000000000000000000000000",
                "PATCH /files/nobody",
                "PATCH /files",
                "PUT /files",
                "POST /files",
                "GET /files/00000000000000000000000000000000",
                "OPTIONS /files",
                "DELETE /files/00000000000000000000000000000000",
                "POST /",
                "PUT /index.html",
                "GET /",
                "GET /actuator/health",
                "POST /actuator/health",
                "POST /error",
                "TRACE /",
                "OPTIONS *",
                "X /"
            })
    void bodyOfARefusedRequestIsNoRequest(String start) throws IOException {
        String victim = create("Upload-Length: 5");
        String hidden = deletion(victim);
        String[] word = start.split(" ", 2);
        try (RawConnection connection = connect()) {
            connection.request(head(word[0], word[1], BYTES, "Content-Length: " + hidden.length()));
            RawResponse response = connection.send(hidden).read();

            assertNextIsAnsweredForItself(connection, response);
        }
        assertThat(exchange("HEAD", victim).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void bodyOfADownloadIsNoRequest(String method) throws IOException {
        String victim = create("Upload-Length: 5");
        String content = create("Upload-Length: 5");
        append(content, 0, "hello");
        String hidden = deletion(victim);
        try (RawConnection connection = connect()) {
            connection.request(
                    head(
                            method,
                            content,
                            "X-HTTP-Method-Override: GET",
                            "Content-Length: " + hidden.length()));
            RawResponse response = connection.send(hidden).read();

            assertThat(response.text()).isEqualTo("hello");
            assertNextIsAnsweredForItself(connection, response);
        }
        assertThat(exchange("HEAD", victim).status()).isEqualTo(200);
    }

    @Test
    void bodyOfADownloadMayComeAfterItsAnswer() throws IOException {
        String victim = create("Upload-Length: 5");
        String content = create("Upload-Length: 5");
        append(content, 0, "hello");
        String hidden = deletion(victim);
        try (RawConnection connection = connect()) {
            RawResponse response =
                    connection
                            .request(head("GET", content, "Content-Length: " + hidden.length()))
                            .read();
            connection.send(hidden);

            assertThat(response.text()).isEqualTo("hello");
            assertThat(response.header("Connection")).isNull();
            assertNextIsAnsweredForItself(connection, response);
        }
        assertThat(exchange("HEAD", victim).status()).isEqualTo(200);
    }

    @Test
    void acceptedBodyIsContentWhateverItLooksLike() throws IOException {
        String victim = create("Upload-Length: 5");
        byte[] hidden = deletion(victim).getBytes(US_ASCII);
        String upload = create("Upload-Length: " + hidden.length);

        assertStatus(append(upload, 0, hidden), 204);

        assertThat(content(upload)).isEqualTo(hidden);
        assertThat(exchange("HEAD", victim).status()).isEqualTo(200);
    }

    @Test
    void chunkExtensionsAreNoContent() throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                send(
                        appendHead(upload, 0, "Transfer-Encoding:\tchunked\t"),
                        "2;a=b\r\nhe\r\n3 ; c=\"d;e\"\r\nllo\r\n0;f\r\n\r\n");

        assertStatus(response, 204);
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void trailersThatFrameOrRouteMeanNothing() throws IOException {
        String upload = create("Upload-Length: 100");
        try (RawConnection connection = connect()) {
            connection.request(appendHead(upload, 0, "Transfer-Encoding: chunked"));
            RawResponse response =
                    connection
                            .send(
                                    """
                                    5
                                    hello
                                    0
                                    Content-Length: 50
                                    Transfer-Encoding: gzip
                                    Host: other
                                    X-HTTP-Method-Override: DELETE
                                    Upload-Offset: 7
                                    Upload-Length: 5

                                    """
                                            .replace("\n", "\r\n"))
                            .read();

            assertStatus(response, 204);
            assertNextIsAnsweredForItself(connection, response);
        }
        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Offset")).isEqualTo("5");
        assertThat(head.header("Upload-Length")).isEqualTo("100");
    }

    @Test
    void chunksAreRefusedInAProtocolThatHasNone() throws IOException {
        String upload = create("Upload-Length: 5");
        try (RawConnection connection = connect()) {
            connection.request(
                    appendHead(upload, 0, "Transfer-Encoding: chunked\nConnection: keep-alive")
                            .replace("HTTP/1.1", "HTTP/1.0"));
            RawResponse response =
                    connection.send("5\r\nhello\r\n0\r\n\r\n" + deletion(upload)).read();

            assertRefused(response, 400, "bad-request");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://other.example", "https://a@localhost:1", "ftp://localhost"})
    void absoluteTargetNamesTheUploadOfThisServer(String origin) throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                send(
                        "HEAD %s%s HTTP/1.1\nHost: %s\nTus-Resumable: 1.0.0\nConnection: close"
                                .formatted(origin, upload, origin.replaceAll(".*[/@]", "")));

        assertThat(response.status()).isIn(200, 400);
        assertThat(response.toString()).doesNotContain("other.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CONNECT localhost:80", "CONNECT /files", "GET localhost:80", "POST ?x"})
    void targetsOfAProxyAreRefused(String start) throws IOException {
        RawResponse response =
                send("%s HTTP/1.1\nHost: localhost:80\nConnection: close".formatted(start));

        assertThat(response.status()).as(response.toString()).isBetween(400, 505);
        assertThat(response.status()).isNotEqualTo(500);
    }

    @Test
    void upgradeToHttp2IsNotOffered() throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                exchange(
                        "HEAD",
                        upload,
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA");

        assertStatus(response, 200);
        assertThat(response.interim()).isEmpty();
    }

    @Test
    void http2WithoutAskingIsRefused() throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse response =
                    connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0").read();

            assertThat(response.status()).isBetween(400, 505);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }
}
