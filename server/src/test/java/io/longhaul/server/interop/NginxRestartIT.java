package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Certificate;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.Nginx;
import io.longhaul.server.testing.NginxBinary;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NginxRestartIT {

    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir private static Path shared;

    private static Certificate certificate;
    private static ServerProcess server;
    private static Nginx nginx;

    @TempDir private Path directory;

    @BeforeAll
    static void startNginx() throws Exception {
        var found = NginxBinary.find();
        assumeTrue(found.isPresent(), "there is no nginx");
        certificate = Certificate.create(shared);
        int port = FreePorts.next();
        server = ServerProcess.start("--longhaul.public-url=https://localhost:" + port);
        nginx = Nginx.start(found.get(), shared, certificate, port, server.port());
    }

    @AfterAll
    static void closeNginx() {
        if (nginx != null) {
            nginx.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersThePublicUrl() throws Exception {
        var file = TestFile.create(directory, 4 * MEBIBYTE);

        var result = upload(file).option("parallelUploads", 2).upload();

        assertThat(result.locations())
                .hasSize(3)
                .allSatisfy(each -> assertThat(each).startsWith(nginx.origin() + "/files/"));
        assertThat(RemoteUpload.of(server, result.url()).sha256()).isEqualTo(file.sha256());
    }

    @Test
    void completesTheSameUploadWhenTheServerIsKilledBehindTheProxy() throws Exception {
        var file = TestFile.create(directory, 16 * MEBIBYTE);
        Path urls = directory.resolve("urls.json");
        var run =
                upload(file)
                        .with("urls", urls.toString())
                        .with("pace", 8 * MEBIBYTE)
                        .retrying()
                        .start();
        var upload = RemoteUpload.awaitStored(server, urls);

        upload.awaitOffset(4 * MEBIBYTE);
        server.kill();
        server.restart();
        var result = TusJs.result(run);

        assertThat(Collections.frequency(result.requests(), "POST 201")).isEqualTo(1);
        assertThat(result.requests()).contains("HEAD 423").endsWith("HEAD 200", "PATCH 204");
        assertThat(upload.sha256()).isEqualTo(file.sha256());
    }

    private static TusJs upload(TestFile file) {
        return TusJs.scenario("upload", nginx.origin().resolve("/files"), file)
                .trusting(certificate.certificate());
    }
}
