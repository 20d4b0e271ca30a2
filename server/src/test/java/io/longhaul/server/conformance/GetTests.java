package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** GET of an upload, through the whole server. */
final class GetTests extends TusTranscript {

    private static final String TEXT = "the content of an upload";

    GetTests() {
        super(STORED);
    }

    private String complete(String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Upload-Length: " + TEXT.length();
        String path = create(all);
        assertThat(append(path, 0, TEXT).status()).isEqualTo(204);
        return path;
    }

    @Test
    void givesTheContentOfACompleteUpload() throws IOException {
        // report.txt, text/plain
        String path =
                complete("Upload-Metadata: filename cmVwb3J0LnR4dA==,filetype dGV4dC9wbGFpbg==");

        RawResponse response = exchange("GET", path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo(TEXT);
        assertThat(response.required("Content-Length")).isEqualTo("" + TEXT.length());
        assertThat(response.required("Content-Type")).startsWith("text/plain");
        assertThat(response.required("Content-Disposition")).contains("report.txt");
        assertThat(response.required("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.required("Accept-Ranges")).isEqualTo("bytes");
        assertThat(response.required("Tus-Resumable")).isEqualTo("1.0.0");
    }

    @Test
    void needsNoTusResumable() throws IOException {
        String path = complete();
        try (RawConnection browser = connect()) {
            RawResponse response =
                    browser.exchange("GET %s HTTP/1.1\nHost: localhost\n".formatted(path));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo(TEXT);
        }
    }

    @Test
    void refusesAnIncompleteUpload() throws IOException {
        String path = create("Upload-Length: 10");
        append(path, 0, "hello");

        RawResponse response = exchange("GET", path);

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.text()).startsWith("upload-incomplete");
        assertThat(response.required("Tus-Resumable")).isEqualTo("1.0.0");
    }

    @Test
    @OnDisk
    void tellsOfContentThatIsLostWithoutBeginningTheAnswer() throws IOException {
        String path = complete();
        Files.delete(contentFile(path));

        RawResponse response = exchange("GET", path);

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).startsWith("internal-error");
        assertThat(response.header("Content-Disposition")).isNull();
    }

    @Test
    void echoesNoTrace() throws IOException {
        assertThat(exchange("TRACE", "/").status()).isEqualTo(405);
        assertThat(exchange("TRACE", "/files").status()).isEqualTo(405);
    }

    @Test
    void answers404ForWhatIsNoUpload() throws IOException {
        assertThat(exchange("GET", "/files/" + "a".repeat(32)).status()).isEqualTo(404);
        assertThat(exchange("GET", "/files/..%2f..%2fetc%2fpasswd").status()).isEqualTo(404);
    }

    @Test
    void givesRanges() throws IOException {
        String path = complete();

        RawResponse one = exchange("GET", path, "Range: bytes=4-10");
        RawResponse last = exchange("GET", path, "Range: bytes=-6");
        RawResponse none = exchange("GET", path, "Range: bytes=24-");

        assertThat(one.status()).isEqualTo(206);
        assertThat(one.required("Content-Range")).isEqualTo("bytes 4-10/24");
        assertThat(one.text()).isEqualTo("content");
        assertThat(last.text()).isEqualTo("upload");
        assertThat(none.status()).isEqualTo(416);
        assertThat(none.required("Content-Range")).isEqualTo("bytes */24");
    }

    @Test
    void givesSeveralRanges() throws IOException {
        RawResponse response = exchange("GET", complete(), "Range: bytes=0-2,4-10");

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.required("Content-Type")).startsWith("multipart/byteranges");
        assertThat(response.text())
                .contains("Content-Range: bytes 0-2/24\r\n\r\nthe\r\n")
                .contains("Content-Range: bytes 4-10/24\r\n\r\ncontent\r\n");
    }

    @Test
    void doesNotRepeatWhatTheClientHas() throws IOException {
        String path = complete();
        String etag = exchange("GET", path).required("ETag");

        RawResponse same = exchange("GET", path, "If-None-Match: " + etag);
        RawResponse other = exchange("GET", path, "If-None-Match: \"other\"");
        RawResponse failed = exchange("GET", path, "If-Match: \"other\"");

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.required("ETag")).isEqualTo(etag);
        assertThat(same.body()).isEmpty();
        assertThat(other.status()).isEqualTo(200);
        assertThat(failed.status()).isEqualTo(412);
    }

    @Test
    void headIsThatOfTheProtocolNotOfTheContent() throws IOException {
        String path = complete();

        RawResponse head = exchange("HEAD", path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.required("Upload-Offset")).isEqualTo("" + TEXT.length());
        assertThat(head.required("Cache-Control")).isEqualTo("no-store");
        assertThat(head.header("ETag")).isNull();
    }

    @Test
    void aConnectionServesManyDownloads() throws IOException {
        String path = complete();
        String empty = create("Upload-Length: 0");
        try (RawConnection client = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.exchange(head("GET", path)).body())
                        .isEqualTo(TEXT.getBytes(US_ASCII));
                assertThat(client.exchange(head("GET", empty)).body()).isEmpty();
                assertThat(client.exchange(head("GET", path, "Range: bytes=0-0")).text())
                        .isEqualTo("t");
            }
        }
    }
}
