package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Certificate;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.Nginx;
import io.longhaul.server.testing.NginxBinary;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServer.class)
final class NginxIT {

    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir private static Path shared;

    private static Certificate certificate;
    private static ServerProcess server;
    private static Nginx nginx;

    @TempDir private Path directory;

    @BeforeAll
    static void startNginx(ServerProcess running) throws Exception {
        var found = NginxBinary.find();
        assumeTrue(found.isPresent(), "there is no nginx");
        certificate = Certificate.create(shared);
        server = running;
        nginx = Nginx.start(found.get(), shared, certificate, FreePorts.next(), server.port());
    }

    @AfterAll
    static void closeNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void uploadsFilesToALocationThatIsRightBehindTheProxy() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);

        var result = scenario("upload", file).upload();

        assertThat(result.requests()).containsExactly("POST 201", "PATCH 204");
        assertThat(result.locations()).singleElement().asString().startsWith("/files/");
        assertThat(result.url()).isEqualTo(nginx.origin() + result.locations().getFirst());
        assertUploaded(file, result);
    }

    @Test
    void uploadsAnEmptyFile() throws Exception {
        var file = TestFile.create(directory, 0);

        var result = scenario("upload", file).upload();

        assertThat(result.requests()).containsExactly("POST 201");
        assertUploaded(file, result);
    }

    @Test
    void sendsContentWithTheCreation() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);

        var result = scenario("upload", file).option("uploadDataDuringCreation", true).upload();

        assertThat(result.requests()).containsExactly("POST 201");
        assertUploaded(file, result);
    }

    @Test
    void uploadsAStreamWhoseLengthIsDeclaredAtItsEnd() throws Exception {
        var file = TestFile.create(directory, 2 * MEBIBYTE + 1);

        var result =
                scenario("stream", file)
                        .option("uploadLengthDeferred", true)
                        .option("chunkSize", MEBIBYTE)
                        .upload();

        assertThat(result.requests())
                .containsExactly("POST 201", "PATCH 204", "PATCH 204", "PATCH 204");
        assertUploaded(file, result);
    }

    @Test
    void concatenatesUploadsThatAreNamedByTheUrlsOfTheProxy() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);

        var result = scenario("upload", file).option("parallelUploads", 4).upload();

        assertThat(Collections.frequency(result.requests(), "POST 201")).isEqualTo(5);
        assertUploaded(file, result);
    }

    @Test
    void passesTheContentOnWhileItArrives() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE);

        var result =
                scenario("abort", file)
                        .with("pace", 4 * MEBIBYTE)
                        .with("abortAt", 2 * MEBIBYTE)
                        .upload();

        assertThat(result.requests()).containsExactly("POST 201", "DELETE 204");
        assertThat(RemoteUpload.of(server, result.url()).head().statusCode()).isIn(404, 410);
    }

    private static TusJs scenario(String name, TestFile file) {
        return TusJs.scenario(name, nginx.origin().resolve("/files"), file)
                .trusting(certificate.certificate());
    }

    private static void assertUploaded(TestFile file, TusJs.Result result) throws Exception {
        assertThat(RemoteUpload.of(server, result.url()).sha256()).isEqualTo(file.sha256());
    }
}
