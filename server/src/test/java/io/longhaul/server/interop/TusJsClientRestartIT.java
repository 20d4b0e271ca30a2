package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TusJsClientRestartIT {

    private static final int MEBIBYTE = 1024 * 1024;

    private static ServerProcess server;

    @TempDir private Path directory;

    @BeforeAll
    static void startServer() {
        server = ServerProcess.start();
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @Test
    void resumesFromTheStoredUrlAfterTheServerWasKilled() throws Exception {
        var file = TestFile.create(directory, 24 * MEBIBYTE);
        var run = scenario("upload", file).with("pace", 8 * MEBIBYTE).start();
        var upload = RemoteUpload.awaitStored(server, urls());
        long acknowledged = upload.awaitOffset(4 * MEBIBYTE);

        server.kill();
        assertThat(TusJs.outcome(run).error()).contains("failed to upload chunk");
        server.restart();
        assertThat(upload.offset()).isBetween(acknowledged, file.length() - 1);
        var resumed = scenario("resume", file).upload();

        assertThat(resumed.requests()).containsExactly("HEAD 200", "PATCH 204");
        assertThat(upload.sha256()).isEqualTo(file.sha256());
    }

    @Test
    void completesByItselfWhileTheServerIsKilledAndThenStopped() throws Exception {
        var file = TestFile.create(directory, 24 * MEBIBYTE);
        var run = scenario("upload", file).with("pace", 8 * MEBIBYTE).retrying().start();
        var upload = RemoteUpload.awaitStored(server, urls());

        restartAt(4 * MEBIBYTE, upload, server::kill);
        restartAt(12 * MEBIBYTE, upload, server::stop);
        var result = TusJs.result(run);

        assertThat(Collections.frequency(result.requests(), "POST 201")).isEqualTo(1);
        assertThat(Collections.frequency(result.requests(), "HEAD 200")).isGreaterThanOrEqualTo(2);
        assertThat(result.requests()).endsWith("PATCH 204");
        assertThat(RemoteUpload.of(server, result.url())).isEqualTo(upload);
        assertThat(upload.sha256()).isEqualTo(file.sha256());
    }

    @Test
    void aSecondClientThatResumesAMovingUploadLeavesItWhole() throws Exception {
        var file = TestFile.create(directory, 8 * MEBIBYTE);
        var run = scenario("upload", file).with("pace", 4 * MEBIBYTE).retrying().start();
        var upload = RemoteUpload.awaitStored(server, urls());
        upload.awaitOffset(MEBIBYTE);

        var second = scenario("resume", file).retrying().upload();
        var first = TusJs.result(run);

        assertThat(first.requests()).containsOnlyOnce("POST 201");
        assertThat(second.requests()).startsWith("HEAD 200").doesNotContain("POST 201");
        assertThat(second.url()).isEqualTo(first.url());
        assertThat(upload.sha256()).isEqualTo(file.sha256());
    }

    private static void restartAt(long offset, RemoteUpload upload, Runnable end) throws Exception {
        long acknowledged = upload.awaitOffset(offset);
        end.run();
        server.restart();
        assertThat(upload.offset()).isGreaterThanOrEqualTo(acknowledged);
    }

    private TusJs scenario(String name, TestFile file) {
        return TusJs.scenario(name, server.uploads(), file).with("urls", urls().toString());
    }

    private Path urls() {
        return directory.resolve("urls.json");
    }
}
