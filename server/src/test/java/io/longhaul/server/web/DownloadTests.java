package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DownloadTests {

    private static final String GET =
            """
            GET /files/1 HTTP/1.1
            Host: localhost
            """;

    private static RawResponse exchange(DownloadedContent content, String request)
            throws Exception {
        try (HandlerServer server = HandlerServer.serving(content);
                RawConnection connection = server.connect()) {
            return connection.exchange(request);
        }
    }

    @Test
    void servesTheWholeContent() throws Exception {
        RawResponse response = exchange(FakeContent.of("hello, world"), GET);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello, world");
        assertThat(response.header("Content-Length")).isEqualTo("12");
        assertThat(response.header("Transfer-Encoding")).isNull();
        assertThat(response.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(response.header("ETag")).isEqualTo(FakeContent.ETAG);
        assertThat(response.header("Last-Modified")).isEqualTo(FakeContent.LAST_MODIFIED);
        assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache, no-transform");
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        try (HandlerServer server = HandlerServer.serving(FakeContent.of("hello"));
                RawConnection connection = server.connect()) {
            assertThat(connection.exchange(GET).text()).isEqualTo("hello");
            assertThat(connection.exchange(GET + "Range: bytes=9-").status()).isEqualTo(416);
            assertThat(connection.exchange(GET + "If-Match: \"x\"").status()).isEqualTo(412);
            assertThat(connection.exchange(GET + "If-None-Match: *").status()).isEqualTo(304);
            assertThat(connection.exchange(GET).text()).isEqualTo("hello");
        }
    }

    @Test
    void servesContentWithoutAByte() throws Exception {
        RawResponse response = exchange(FakeContent.of(""), GET);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void answersHeadLikeGetWithoutABody() throws Exception {
        try (HandlerServer server = HandlerServer.serving(FakeContent.of("hello"));
                RawConnection connection = server.connect()) {
            RawResponse get = connection.exchange(GET);
            RawResponse head = connection.exchange(GET.replace("GET", "HEAD"));

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers())
                    .filteredOn(field -> !field.name().equals("Date"))
                    .containsExactlyElementsOf(
                            get.headers().stream()
                                    .filter(field -> !field.name().equals("Date"))
                                    .toList());
            assertThat(connection.exchange(GET).text()).isEqualTo("hello");
        }
    }

    @Test
    void servesUnknownContentAsAnAttachmentThatNothingRuns() throws Exception {
        RawResponse response = exchange(FakeContent.of("<script>"), GET);

        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.header("Content-Disposition")).isEqualTo("attachment");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Content-Security-Policy"))
                .isEqualTo("sandbox; default-src 'none'");
    }

    @Test
    void servesTypeAndNameFromTheMetadata() throws Exception {
        UploadMetadata metadata =
                FakeContent.metadata(Map.of("filename", "à.png", "filetype", "image/png"));

        RawResponse response = exchange(FakeContent.of("png", metadata), GET);

        assertThat(response.header("Content-Type")).isEqualTo("image/png");
        assertThat(response.header("Content-Disposition"))
                .isEqualTo("inline; filename=\"_.png\"; filename*=UTF-8''%C3%A0.png");
    }

    @Test
    void namesCannotAddHeaders() throws Exception {
        UploadMetadata metadata =
                FakeContent.metadata(
                        Map.of("filename", "a\r\nSet-Cookie: x=y", "type", "text/a\r\nEvil: 1"));

        RawResponse response = exchange(FakeContent.of("x", metadata), GET);

        assertThat(response.header("Set-Cookie")).isNull();
        assertThat(response.header("Evil")).isNull();
        assertThat(response.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"aSet-Cookie: x=y\"");
    }

    @Test
    void breaksTheConnectionOffWhenTheStoreFailsInTheMiddle() throws Exception {
        IOException failure = new IOException("the disk is broken");
        DownloadedContent broken =
                FailingContent.after(
                        FakeContent.of("hello, world"),
                        _ -> {
                            throw failure;
                        });

        assertThat(brokenOff(broken)).isSameAs(failure);
    }

    @Test
    void breaksTheConnectionOffWhenTheStoreGivesTooLittle() throws Exception {
        DownloadedContent broken = FailingContent.after(FakeContent.of("hello, world"), _ -> {});

        assertThat(brokenOff(broken)).hasMessage("the store gave 6 bytes too few");
    }

    @Test
    void neverSendsMoreThanItAnnounced() throws Exception {
        FakeContent content = FakeContent.of("hello, world");
        DownloadedContent broken =
                FailingContent.after(content, sink -> sink.accept(content.bytes().duplicate()));

        assertThat(brokenOff(broken)).hasMessage("the store gave more bytes than asked for");
    }

    /** What ended an answer that the client saw cut off. */
    private static IOException brokenOff(DownloadedContent content) throws Exception {
        CompletableFuture<IOException> failure = new CompletableFuture<>();
        Download download = new Download();
        try (HandlerServer server =
                        HandlerServer.answering(
                                (request, response) -> {
                                    try {
                                        download.serve(request, response, content);
                                    } catch (IOException e) {
                                        failure.complete(e);
                                        throw e;
                                    }
                                });
                RawConnection connection = server.connect()) {
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> connection.exchange(GET));
            return failure.get(10, TimeUnit.SECONDS);
        }
    }
}
