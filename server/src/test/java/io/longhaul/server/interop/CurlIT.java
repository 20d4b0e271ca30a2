package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServer.class)
final class CurlIT {

    private static final String CONTENT_TYPE = "Content-Type: application/offset+octet-stream";

    private final ServerProcess server;

    @TempDir private Path directory;
    private Curl curl;

    CurlIT(ServerProcess server) {
        this.server = server;
    }

    @BeforeEach
    void findCurl() {
        curl = new Curl(directory);
    }

    @Test
    void uploadsHalfAsksForTheOffsetAndUploadsTheRest() throws Exception {
        var file = TestFile.create(directory, 1_000_001);
        byte[] content = Files.readAllBytes(file.path());
        Path half = write("half", Arrays.copyOf(content, 500_000));
        Path rest = write("rest", Arrays.copyOfRange(content, 500_000, content.length));

        String url = create(file.length());
        var first = append(url, 0, half);
        var head = curl.tus("--head " + url);
        var second = append(url, 500_000, rest);

        assertThat(first.statuses()).last().isEqualTo(204);
        assertThat(first.header("upload-offset")).isEqualTo("500000");
        assertThat(head.statuses()).containsExactly(200);
        assertThat(head.header("upload-offset")).isEqualTo("500000");
        assertThat(head.header("upload-length")).isEqualTo("1000001");
        assertThat(head.header("cache-control")).isEqualTo("no-store");
        assertThat(second.statuses()).last().isEqualTo(204);
        assertThat(second.header("upload-offset")).isEqualTo("1000001");
        assertThat(curl.plain(url).content()).isEqualTo(content);
    }

    @Test
    void downloadsARange() throws Exception {
        var file = TestFile.create(directory, 1_000_001);
        byte[] content = Files.readAllBytes(file.path());
        String url = create(file.length());
        append(url, 0, file.path());

        var middle = curl.plain("--range 1000-1999 " + url);
        var end = curl.plain("--range -10 " + url);

        assertThat(middle.statuses()).containsExactly(206);
        assertThat(middle.header("content-range")).isEqualTo("bytes 1000-1999/1000001");
        assertThat(middle.content()).isEqualTo(Arrays.copyOfRange(content, 1_000, 2_000));
        assertThat(end.header("content-range")).isEqualTo("bytes 999991-1000000/1000001");
        assertThat(end.content()).isEqualTo(Arrays.copyOfRange(content, 999_991, 1_000_001));
    }

    @Test
    void sendsContentWithTheCreationOnceToldToContinue() throws Exception {
        var file = TestFile.create(directory, 20_000_000);

        // Without an interim answer curl would wait for 50 s, and the statuses would lack the 100.
        var created =
                curl.tus(
                        """
                        --expect100-timeout 50 -H 'Expect: 100-continue' \
                        -H 'Upload-Length: 20000000' -H '%s' --data-binary @%s %s"""
                                .formatted(CONTENT_TYPE, file.path(), server.uploads()));

        assertThat(created.statuses()).containsExactly(100, 201);
        assertThat(created.header("upload-offset")).isEqualTo("20000000");
        assertUploaded(file, created.header("location"));
    }

    @Test
    void appendsAStreamOfUnknownLength() throws Exception {
        var file = TestFile.create(directory, 5_000_001);
        String url = create(file.length());

        var appended =
                curl.tus(
                        """
                        -X PATCH -H 'Transfer-Encoding: chunked' -H 'Upload-Offset: 0' \
                        -H '%s' -T - %s < %s"""
                                .formatted(CONTENT_TYPE, url, file.path()));

        assertThat(appended.statuses()).last().isEqualTo(204);
        assertThat(appended.header("upload-offset")).isEqualTo("5000001");
        assertUploaded(file, url);
    }

    @Test
    void createsFromAStreamOfUnknownLength() throws Exception {
        var file = TestFile.create(directory, 5_000_001);

        var created =
                curl.tus(
                        """
                        -X POST -H 'Transfer-Encoding: chunked' -H 'Upload-Length: 5000001' \
                        -H '%s' -T - %s < %s"""
                                .formatted(CONTENT_TYPE, server.uploads(), file.path()));

        assertThat(created.statuses()).last().isEqualTo(201);
        assertThat(created.header("upload-offset")).isEqualTo("5000001");
        assertUploaded(file, created.header("location"));
    }

    private String create(long length) throws Exception {
        var created =
                curl.tus("-X POST -H 'Upload-Length: %d' %s".formatted(length, server.uploads()));
        assertThat(created.statuses()).containsExactly(201);
        return server.origin().resolve(created.header("location")).toString();
    }

    private Curl.Answer append(String url, long offset, Path content) throws Exception {
        return curl.tus(
                "-X PATCH -H 'Upload-Offset: %d' -H '%s' --data-binary @%s %s"
                        .formatted(offset, CONTENT_TYPE, content, url));
    }

    private Path write(String name, byte[] content) throws Exception {
        return Files.write(directory.resolve(name), content);
    }

    private void assertUploaded(TestFile file, String url) throws Exception {
        assertThat(RemoteUpload.of(server, url).sha256()).isEqualTo(file.sha256());
    }
}
