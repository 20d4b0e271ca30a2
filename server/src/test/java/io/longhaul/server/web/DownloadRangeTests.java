package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadRangeTests {

    private static final String CONTENT = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final UploadMetadata TEXT = FakeContent.metadata(Map.of("type", "text/plain"));

    private static HandlerServer server;
    private RawConnection connection;

    @BeforeAll
    static void start() throws Exception {
        server = HandlerServer.serving(FakeContent.of(CONTENT, TEXT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        connection = server.connect();
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
    }

    private RawResponse get(String... headers) throws IOException {
        return connection.exchange(
                "GET /files/1 HTTP/1.1\nHost: localhost\n" + String.join("\n", headers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bytes=0-4                       | bytes 0-4/36   | 01234
                    bytes=0-0                       | bytes 0-0/36   | 0
                    bytes=35-35                     | bytes 35-35/36 | z
                    bytes=30-                       | bytes 30-35/36 | uvwxyz
                    bytes=30-99                     | bytes 30-35/36 | uvwxyz
                    bytes=30-99999999999999999999   | bytes 30-35/36 | uvwxyz
                    bytes=-3                        | bytes 33-35/36 | xyz
                    bytes=-99999999999999999999     | bytes 0-35/36  | 0123456789abcdefghijklmnopqrstuvwxyz
                    bytes=0-                        | bytes 0-35/36  | 0123456789abcdefghijklmnopqrstuvwxyz
                    BYTES=1-2                       | bytes 1-2/36   | 12
                    bytes=,  1-2 ,                  | bytes 1-2/36   | 12
                    bytes=1-2,90-99                 | bytes 1-2/36   | 12
                    bytes=0000000000000000000001-2  | bytes 1-2/36   | 12
                    bytes=0-2,3-5                   | bytes 0-5/36   | 012345
                    bytes=3-5,0-2                   | bytes 0-5/36   | 012345
                    bytes=0-3,2-6,5-9               | bytes 0-9/36   | 0123456789
                    bytes=0-1,4-5,2-3               | bytes 0-5/36   | 012345
                    """)
    void servesOneRange(String range, String contentRange, String text) throws IOException {
        RawResponse response = get("Range: " + range);

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).isEqualTo(contentRange);
        assertThat(response.header("Content-Type")).isEqualTo("text/plain");
        assertThat(response.header("ETag")).isEqualTo(FakeContent.ETAG);
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-2",
                "bytes=a-b",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=--5",
                "bytes=+1-4",
                "bytes=1-2-3",
                "bytes=1 - 2",
                "bytes =1-2",
                "bytes",
                "items=0-4",
                "0-4",
                "bytes=0-4,x"
            })
    void ignoresWhatIsNotARangeOfBytes(String range) throws IOException {
        RawResponse response = get("Range: " + range);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Range")).isNull();
        assertThat(response.text()).isEqualTo(CONTENT);
    }

    @Test
    void ignoresARepeatedRangeHeader() throws IOException {
        assertThat(get("Range: bytes=0-1", "Range: bytes=4-5").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=36-",
                "bytes=36-40",
                "bytes=-0",
                "bytes=99999999999999999999-",
                "bytes=40-,-0"
            })
    void refusesRangesOutsideTheContent(String range) throws IOException {
        RawResponse response = get("Range: " + range);

        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).isEqualTo("bytes */36");
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.header("Content-Type")).isNull();
    }

    @Test
    void ignoresRangesOfContentWithoutAByte() throws Exception {
        try (HandlerServer empty = HandlerServer.serving(FakeContent.of(""));
                RawConnection client = empty.connect()) {
            RawResponse response =
                    client.exchange("GET / HTTP/1.1\nHost: localhost\nRange: bytes=0-");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Length")).isEqualTo("0");
        }
    }

    @Test
    void ignoresARangeOfHead() throws IOException {
        RawResponse response =
                connection.exchange("HEAD / HTTP/1.1\nHost: localhost\nRange: bytes=0-4");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("36");
    }

    @Test
    void servesSeveralRangesInTheOrderAskedFor() throws IOException {
        RawResponse response = get("Range: bytes=-2, 0-1, 10-19, 15-21, 90-");

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).isNull();
        String type = response.required("Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(response.text())
                .isEqualTo(
                        part(boundary, "34-35", "yz")
                                + part(boundary, "0-1", "01")
                                + part(boundary, "10-21", "abcdefghijkl")
                                + "\r\n--"
                                + boundary
                                + "--\r\n");
        assertThat(get().text()).isEqualTo(CONTENT);
    }

    private static String part(String boundary, String range, String text) {
        return "\r\n--%s\r\nContent-Type: text/plain\r\nContent-Range: bytes %s/36\r\n\r\n%s"
                .formatted(boundary, range, text);
    }

    @Test
    void servesAsManyAsSixteenRanges() throws IOException {
        RawResponse response = get("Range: bytes=" + everySecondByte(16));

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.text().split("Content-Range: ", -1)).hasSize(17);
    }

    @Test
    void servesTheWholeWhenMoreThanSixteenRangesAreAskedFor() throws IOException {
        RawResponse response = get("Range: bytes=" + everySecondByte(17));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo(CONTENT);
    }

    private static String everySecondByte(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%d-%d".formatted(2 * i, 2 * i))
                .collect(Collectors.joining(","));
    }

    @Test
    void overlappingRangesNeverMakeAnAnswerLongerThanTheContent() throws IOException {
        RawResponse response = get("Range: bytes=0-,0-,1-,2-,-36,5-35,0-35");

        assertThat(response.header("Content-Range")).isEqualTo("bytes 0-35/36");
        assertThat(response.text()).isEqualTo(CONTENT);
    }
}
