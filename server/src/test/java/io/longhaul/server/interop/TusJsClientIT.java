package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
final class TusJsClientIT {

    private static final int MEBIBYTE = 1024 * 1024;

    private final ServerProcess server;

    @TempDir private Path directory;

    TusJsClientIT(ServerProcess server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10 * MEBIBYTE + 1})
    void uploadsFiles(long length) throws Exception {
        var file = TestFile.create(directory, length);

        var result = scenario("upload", file).upload();

        assertThat(result.requests()).containsExactly("POST 201", "PATCH 204");
        assertUploaded(file, result.url());
    }

    @Test
    void uploadsAnEmptyFileByCreatingIt() throws Exception {
        var file = TestFile.create(directory, 0);

        var result = scenario("upload", file).upload();

        assertThat(result.requests()).containsExactly("POST 201");
        assertUploaded(file, result.url());
    }

    @Test
    void sendsContentWithTheCreation() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);

        var result = scenario("upload", file).option("uploadDataDuringCreation", true).upload();

        assertThat(result.requests()).containsExactly("POST 201");
        assertUploaded(file, result.url());
    }

    @Test
    void sendsTheFirstChunkWithTheCreation() throws Exception {
        var file = TestFile.create(directory, 3 * MEBIBYTE);

        var result =
                scenario("upload", file)
                        .option("uploadDataDuringCreation", true)
                        .option("chunkSize", MEBIBYTE)
                        .upload();

        assertThat(result.requests()).containsExactly("POST 201", "PATCH 204", "PATCH 204");
        assertUploaded(file, result.url());
    }

    @Test
    void uploadsAStreamWhoseLengthIsDeclaredAtItsEnd() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);

        var result =
                scenario("stream", file)
                        .option("uploadLengthDeferred", true)
                        .option("chunkSize", MEBIBYTE)
                        .upload();

        assertThat(result.requests()).startsWith("POST 201").hasSize(12);
        assertThat(Collections.frequency(result.requests(), "PATCH 204")).isEqualTo(11);
        assertUploaded(file, result.url());
    }

    @Test
    void uploadsInParallelAndConcatenates() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);

        var result = scenario("upload", file).option("parallelUploads", 4).upload();

        assertThat(Collections.frequency(result.requests(), "PATCH 204")).isEqualTo(4);
        assertThat(Collections.frequency(result.requests(), "POST 201")).isEqualTo(5);
        assertThat(result.requests()).hasSize(9).endsWith("POST 201");
        assertUploaded(file, result.url());
    }

    @Test
    void appendsByMethodOverride() throws Exception {
        var file = TestFile.create(directory, MEBIBYTE);

        var result = scenario("upload", file).option("overridePatchMethod", true).upload();

        assertThat(result.requests()).containsExactly("POST 201", "POST 204");
        assertUploaded(file, result.url());
    }

    @Test
    void terminatesAnUploadInTheMiddleOfARequest() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE);

        var result =
                scenario("abort", file)
                        .with("pace", 4 * MEBIBYTE)
                        .with("abortAt", 2 * MEBIBYTE)
                        .upload();

        assertThat(result.requests()).containsExactly("POST 201", "DELETE 204");
        assertGone(result.url());
    }

    @Test
    void terminatesACompleteUpload() throws Exception {
        var file = TestFile.create(directory, MEBIBYTE);

        var result = scenario("terminate", file).upload();

        assertThat(result.requests()).containsExactly("POST 201", "PATCH 204", "DELETE 204");
        assertGone(result.url());
    }

    @Test
    void keepsMetadataOfAnyLanguage() throws Exception {
        var file = TestFile.create(directory, 1);
        String name = "Überfluß 数据 🚀.txt";

        var result = scenario("upload", file).option("metadata", Map.of("filename", name)).upload();

        String encoded = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        assertThat(RemoteUpload.of(server, result.url()).head().headers().map())
                .containsEntry("upload-metadata", List.of("filename " + encoded));
        assertThat(contentDisposition(result.url()))
                .startsWith("attachment")
                .contains(
                        "filename*=UTF-8''%C3%9Cberflu%C3%9F%20"
                                + "%E6%95%B0%E6%8D%AE%20%F0%9F%9A%80.txt");
    }

    private TusJs scenario(String name, TestFile file) {
        return TusJs.scenario(name, server.uploads(), file);
    }

    private void assertUploaded(TestFile file, String url) throws Exception {
        var upload = RemoteUpload.of(server, url);
        assertThat(upload.offset()).isEqualTo(file.length());
        assertThat(upload.sha256()).isEqualTo(file.sha256());
    }

    private void assertGone(String url) throws Exception {
        assertThat(RemoteUpload.of(server, url).head().statusCode()).isIn(404, 410);
    }

    private static String contentDisposition(String url) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Content-Disposition")
                    .orElseThrow();
        }
    }
}
