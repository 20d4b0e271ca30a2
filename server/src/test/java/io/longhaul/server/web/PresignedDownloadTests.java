package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the server answers a GET when the store is to serve downloads. */
@ExtendWith(OutputCaptureExtension.class)
class PresignedDownloadTests {

    private static final int LENGTH = 20_000;

    private final FakeS3 s3 = FakeS3.start(S3Rules.STRICT);
    private final TestServer server = start();
    private final Client client = new Client(server.port());

    PresignedDownloadTests() throws IOException {}

    private TestServer start() {
        List<String> settings = new ArrayList<>(s3.settings());
        settings.add("longhaul.s3.downloads=presigned");
        settings.add("longhaul.s3.public-endpoint=https://bytes.example.org");
        return TestServer.start(settings.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        server.close();
        s3.close();
    }

    private String complete(int length) throws IOException {
        String path = client.create(length);
        assertThat(client.append(path, 0, new byte[length]).status()).isEqualTo(204);
        return path;
    }

    @Test
    void sendsTheClientToTheStore() throws IOException {
        RawResponse answer = client.exchange("GET", complete(LENGTH), "Origin: https://a.example");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.body()).isEmpty();
        URI link = URI.create(answer.required("Location"));
        assertThat(link.getHost()).isEqualTo("bytes.example.org");
        assertThat(link.getPath()).startsWith("/uploads/c/");
        assertThat(link.getRawQuery()).contains("X-Amz-Expires=300", "X-Amz-SignedHeaders=host&");
        assertThat(link.getQuery())
                .contains(
                        "response-content-type=application/octet-stream",
                        "response-content-disposition=attachment",
                        "response-cache-control=private, no-cache, no-transform");
    }

    @Test
    void servesWhatIsInTheRecordItself() throws IOException {
        assertThat(client.exchange("GET", complete(10)).status()).isEqualTo(200);
        assertThat(client.exchange("GET", complete(0)).status()).isEqualTo(200);
    }

    @Test
    void answersHeadItself() throws IOException {
        RawResponse answer = client.exchange("HEAD", complete(LENGTH));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Upload-Offset")).isEqualTo(String.valueOf(LENGTH));
        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void givesNoLinkToWhatIsNotComplete() throws IOException {
        String path = client.create(LENGTH);
        client.append(path, 0, new byte[5]);

        RawResponse answer = client.exchange("GET", path);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void logsNoLink(CapturedOutput output) throws IOException {
        assertThat(client.exchange("GET", complete(LENGTH)).status()).isEqualTo(307);

        assertThat(output.getAll()).doesNotContain("X-Amz", "hidden");
    }
}
