package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.net.SocketException;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, Upload-Metadata: checked when it comes, given back byte for byte. */
class MetadataTests extends CoreTranscript {

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private String echoed(String metadata) throws IOException {
        String upload = create("Upload-Length: 5", "Upload-Metadata: " + metadata);
        return exchange("HEAD", upload).required("Upload-Metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ",filename YQ==",
                "filename YQ==,",
                "a YQ==,,b YQ==",
                "a YQ==, ,b YQ==",
                "a YQ==,a Yg==",
                "a,a",
                "a,a YQ==",
                "a YQ==,b Yg==,a YQ==",
                "a ???",
                "a YQ=",
                "a YQ===",
                "a =",
                "a YQ==YQ==",
                "a Y Q==",
                "a YQ== x",
                "a Y-_Q",
                "a Y",
                "na\u00efve YQ==",
                "\u65e5\u672c YQ==",
                "a\tb YQ==",
            })
    void oddMetadataIsRefused(String metadata) throws IOException {
        RawResponse response =
                exchange(
                        "POST",
                        "/files",
                        "Upload-Length: 5",
                        "Content-Length: 0",
                        "Upload-Metadata: " + metadata);

        assertRefused(response, 400, "invalid-metadata");
        assertThat(response.header("Location")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential",
                "is_confidential",
                "a,b,c YQ==",
                "a ,b YQ==",
                "a YQ==, b Yg==",
                "a YQ==,A Yg==",
                "a/b:c;d=e YQ==",
                "binary AAEC/f7/",
            })
    void headGivesItBackByteForByte(String metadata) throws IOException {
        assertThat(echoed(metadata)).isEqualTo(metadata);
    }

    @Test
    void completeUploadGivesItBack() throws IOException {
        String upload = create("Upload-Length: 5", "Upload-Metadata: filename YS50eHQ=");
        append(upload, 0, "hello");

        assertThat(exchange("HEAD", upload).header("Upload-Metadata"))
                .isEqualTo("filename YS50eHQ=");
    }

    @ParameterizedTest
    @ValueSource(ints = {14_000, 24_000, 32_500})
    void longMetadataPasses(int size) throws IOException {
        String metadata = "filename " + "QUJD".repeat(size / 4);

        assertThat(echoed(metadata)).isEqualTo(metadata);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename \tYQ==", "filename  YQ==", "filename YQ== \t, name Yg=="})
    void whateverIsAcceptedCanBeDownloaded(String metadata) throws IOException {
        String upload = create("Upload-Length: 5", "Upload-Metadata: " + metadata);
        append(upload, 0, "hello");

        RawResponse response = exchange("GET", upload);

        assertStatus(response, 200);
        assertThat(response.header("Content-Disposition")).endsWith("filename=\"a\"");
    }

    @Test
    void thousandsOfPairsPass() throws IOException {
        String metadata =
                IntStream.range(0, 4000).mapToObj(i -> "k" + i).collect(Collectors.joining(","));

        assertThat(echoed(metadata)).isEqualTo(metadata);
    }

    @Test
    void refusalDoesNotRepeatAKeyOfAnyLength() throws IOException {
        RawResponse response =
                exchange(
                        "POST",
                        "/files",
                        "Upload-Length: 5",
                        "Content-Length: 0",
                        "Upload-Metadata: " + "k".repeat(20_000) + " ?");

        assertRefused(response, 400, "invalid-metadata");
        assertThat(response.body()).hasSizeLessThan(200);
    }

    @Test
    void longFileNameDoesNotBreakTheDownload() throws IOException {
        String upload =
                create("Upload-Length: 5", "Upload-Metadata: filename " + "w6nDqcOp".repeat(3500));
        append(upload, 0, "hello");

        assertThat(text(upload)).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {33_000, 60_000, 300_000})
    void tooLongHeadersAreRefusedAndSaySo(int size) throws IOException {
        RawResponse response = refusal("X-Long: " + "x".repeat(size), "Connection: close");

        assertThat(response.status()).isEqualTo(431);
        assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
    }

    /**
     * The answer comes before the whole head is sent, and the server then closes (RFC 9112, section
     * 9.6): the rest may fail to be sent, but what was answered has to be there.
     */
    private RawResponse refusal(String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            try {
                connection.request(head("HEAD", UNKNOWN, headers));
            } catch (SocketException _) { // closed before the end of the head
            }
            return connection.readHead();
        }
    }

    @Test
    void refusalOfTooLongHeadersIsOneLine() throws IOException {
        RawResponse response = exchange("GET", UNKNOWN, "Upload-Metadata: " + "k,".repeat(20_000));

        assertThat(response.status()).isEqualTo(431);
        assertThat(response.text()).isEqualTo("bad-request: Request Header Fields Too Large\n");
    }

    @Test
    void valuesCannotBecomeHeadersOfTheDownload() throws IOException {
        String upload =
                create(
                        "Upload-Length: 5",
                        "Upload-Metadata: filename %s,filetype %s"
                                .formatted(base64("a\r\nX-Own: 1\r\n"), base64("a/b\r\nX-Own: 2")));
        append(upload, 0, "hello");

        RawResponse response = exchange("GET", upload);

        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.headers("X-Own")).isEmpty();
    }
}
