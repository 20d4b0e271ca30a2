package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 13.2.2. ETAG stands for the content's entity tag. */
class DownloadConditionTests {

    private static final String CONTENT = "hello, world";

    private static HandlerServer server;

    @BeforeAll
    static void start() throws Exception {
        server = HandlerServer.serving(FakeContent.of(CONTENT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Headers are separated by two bars. */
    private static RawResponse get(String headers) throws IOException {
        String lines = headers.replace("ETAG", FakeContent.ETAG).replace(" || ", "\n");
        try (RawConnection connection = server.connect()) {
            return connection.exchange("GET / HTTP/1.1\nHost: localhost\n" + lines);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            textBlock =
                    """
                    200; If-Match: ETAG
                    200; If-Match: "a", ETAG
                    200; If-Match: "a" || If-Match: ETAG
                    200; If-Match: "a,b", ETAG
                    200; If-Match: *
                    412; If-Match: "a"
                    412; If-Match: W/ETAG
                    412; If-Match: 0123456789abcdef0123456789abcdef
                    412; If-Match: "*"
                    304; If-None-Match: ETAG
                    304; If-None-Match: W/ETAG
                    304; If-None-Match: "a" , W/"b",, ETAG
                    304; If-None-Match: *
                    200; If-None-Match: "a"
                    200; If-None-Match: 0123456789abcdef0123456789abcdef
                    304; If-Modified-Since: Fri, 20 Nov 2026 10:15:30 GMT
                    304; If-Modified-Since: Fri, 20 Nov 2026 10:15:31 GMT
                    304; If-Modified-Since: Friday, 20-Nov-26 10:15:30 GMT
                    304; If-Modified-Since: Fri Nov 20 10:15:30 2026
                    200; If-Modified-Since: Fri, 20 Nov 2026 10:15:29 GMT
                    200; If-Modified-Since: yesterday
                    200; If-Unmodified-Since: Fri, 20 Nov 2026 10:15:30 GMT
                    412; If-Unmodified-Since: Fri, 20 Nov 2026 10:15:29 GMT
                    200; If-Unmodified-Since: yesterday
                    """)
    void judgesOneCondition(int status, String headers) throws IOException {
        assertThat(get(headers).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            textBlock =
                    """
                    200; If-Match: ETAG || If-Unmodified-Since: Fri, 20 Nov 2026 10:15:29 GMT
                    412; If-Match: "a" || If-Unmodified-Since: Fri, 20 Nov 2026 10:15:30 GMT
                    200; If-None-Match: "a" || If-Modified-Since: Fri, 20 Nov 2026 10:15:30 GMT
                    304; If-None-Match: ETAG || If-Modified-Since: Fri, 20 Nov 2026 10:15:29 GMT
                    412; If-Match: "a" || If-None-Match: ETAG
                    304; If-Match: ETAG || If-None-Match: ETAG
                    304; If-Unmodified-Since: Fri, 20 Nov 2026 10:15:30 GMT || If-None-Match: ETAG
                    304; If-None-Match: ETAG || Range: bytes=0-4
                    412; If-Match: "a" || Range: bytes=0-4
                    412; If-Match: "a" || Range: bytes=99-
                    206; If-Match: ETAG || Range: bytes=0-4
                    """)
    void judgesConditionsInOrder(int status, String headers) throws IOException {
        assertThat(get(headers).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETAG", FakeContent.LAST_MODIFIED, "Friday, 20-Nov-26 10:15:30 GMT"})
    void servesTheRangeWhenIfRangeHolds(String validator) throws IOException {
        RawResponse response = get("Range: bytes=0-4 || If-Range: " + validator);

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\"",
                "W/ETAG",
                "ETAG, \"a\"",
                "*",
                "Fri, 20 Nov 2026 10:15:29 GMT",
                "Fri, 20 Nov 2026 10:15:31 GMT",
                "yesterday",
                "ETAG || If-Range: ETAG"
            })
    void servesTheWholeWhenIfRangeDoesNotHold(String validator) throws IOException {
        RawResponse response = get("Range: bytes=99- || If-Range: " + validator);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo(CONTENT);
    }

    @Test
    void notModifiedCarriesValidatorsAndNoBody() throws IOException {
        RawResponse response = get("If-None-Match: ETAG");

        assertThat(response.header("ETag")).isEqualTo(FakeContent.ETAG);
        assertThat(response.header("Last-Modified")).isEqualTo(FakeContent.LAST_MODIFIED);
        assertThat(response.header("Cache-Control")).startsWith("private");
        assertThat(response.header("Date")).isNotNull();
        assertThat(response.header("Content-Length")).isEqualTo("12");
        assertThat(response.header("Content-Type")).isNull();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void failedPreconditionHasNoBody() throws IOException {
        RawResponse response = get("If-Match: \"a\"");

        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.header("ETag")).isEqualTo(FakeContent.ETAG);
    }

    @Test
    void headIsJudgedLikeGet() throws IOException {
        try (RawConnection connection = server.connect()) {
            RawResponse response =
                    connection.exchange(
                            "HEAD / HTTP/1.1\nHost: localhost\nIf-None-Match: " + FakeContent.ETAG);

            assertThat(response.status()).isEqualTo(304);
        }
    }
}
