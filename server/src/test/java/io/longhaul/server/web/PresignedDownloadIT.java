package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Downloads that a real store serves, at links which the server has signed. */
@Timeout(120)
@ExtendWith(SharedCeph.class)
class PresignedDownloadIT {

    private static final byte[] CONTENT = Client.bytes(1, 6 << 20);

    private final TestServer server;
    private final Client client;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    PresignedDownloadIT(CephServer ceph) {
        server =
                TestServer.start(
                        "longhaul.content=s3",
                        "longhaul.s3.endpoint=" + ceph.endpoint(),
                        "longhaul.s3.public-endpoint=http://localhost:" + ceph.endpoint().getPort(),
                        "longhaul.s3.bucket=" + ceph.newBucket(),
                        "longhaul.s3.access-key=" + ceph.accessKey(),
                        "longhaul.s3.secret-key=" + ceph.secretKey(),
                        "longhaul.s3.downloads=presigned",
                        "longhaul.s3.link-validity=2s");
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String upload(byte[] bytes, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Upload-Length: " + bytes.length;
        all[headers.length + 1] = "Content-Length: 0";
        String path = client.exchange("POST", "/files", all).required("Location");
        assertThat(client.append(path, 0, bytes).status()).isEqualTo(204);
        return path;
    }

    private HttpResponse<byte[]> get(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    }

    @Test
    void storeServesRangesTypeAndNameAsTheServerWould() throws Exception {
        String path =
                upload(
                        CONTENT,
                        "Upload-Metadata: filename %s,filetype %s"
                                .formatted(base64("à \"b\";c.png"), base64("image/png")));

        HttpResponse<byte[]> whole = get(uri(path));
        HttpResponse<byte[]> range = get(uri(path), "Range", "bytes=1000-1999");

        assertThat(whole.uri().getHost()).isEqualTo("localhost");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(CONTENT);
        assertThat(whole.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(whole.headers().firstValue("Content-Disposition"))
                .contains(
                        "inline; filename=\"_ _b_;c.png\"; filename*=UTF-8''%C3%A0%20%22b%22%3Bc.png");
        assertThat(whole.headers().firstValue("Cache-Control"))
                .contains("private, no-cache, no-transform");
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 1000, 2000));
    }

    @Test
    void storeServesWhatBrowsersWouldRunAsAnAttachment() throws Exception {
        String path = upload(CONTENT, "Upload-Metadata: filetype " + base64("text/html"));

        HttpResponse<byte[]> answer = get(uri(path));

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment");
    }

    @Test
    void linkEnds() throws Exception {
        URI link = get(uri(upload(CONTENT))).uri();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get(link).statusCode()).isEqualTo(403));
    }

    @Test
    void storeServesAFinalUploadAsOneObject() throws Exception {
        String first = upload(CONTENT, "Upload-Concat: partial");
        String second = upload(new byte[] {1, 2, 3}, "Upload-Concat: partial");
        String path =
                client.exchange(
                                "POST",
                                "/files",
                                "Upload-Concat: final;%s %s".formatted(first, second),
                                "Content-Length: 0")
                        .required("Location");
        byte[] expected = Arrays.copyOf(CONTENT, CONTENT.length + 3);
        System.arraycopy(new byte[] {1, 2, 3}, 0, expected, CONTENT.length, 3);

        assertThat(get(uri(path)).body()).isEqualTo(expected);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            HttpResponse<byte[]> answer = get(uri(path));
                            assertThat(answer.uri().getHost()).isEqualTo("localhost");
                            assertThat(answer.body()).isEqualTo(expected);
                        });
    }
}
