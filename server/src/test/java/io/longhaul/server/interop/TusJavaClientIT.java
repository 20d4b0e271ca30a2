package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TestFile;
import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusExecutor;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class TusJavaClientIT {

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

    @ParameterizedTest
    @ValueSource(longs = {1, 10 * MEBIBYTE + 1})
    void uploadsFilesInOneRequestEach(long length) throws Exception {
        var file = TestFile.create(directory, length);
        var uploader = client(server.uploads()).createUpload(upload(file));
        uploader.setRequestPayloadSize(64 * MEBIBYTE);

        uploadRest(uploader);

        assertUploaded(file, uploader);
    }

    @Test
    void uploadsAFileInManyRequests() throws Exception {
        var file = TestFile.create(directory, 10 * MEBIBYTE + 1);
        var uploader = client(server.uploads()).createUpload(upload(file));
        uploader.setRequestPayloadSize(MEBIBYTE);

        uploadRest(uploader);

        assertUploaded(file, uploader);
    }

    @Test
    void resumesAfterTheServerWasKilledInTheMiddleOfARequest() throws Exception {
        var file = TestFile.create(directory, 20 * MEBIBYTE);
        var client = client(server.uploads());
        var first = client.createUpload(upload(file));
        uploadUntil(first, 6 * MEBIBYTE);
        var remote = RemoteUpload.of(server, first.getUploadURL().toString());
        long acknowledged = remote.offset();

        server.kill();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> uploadRest(first));
        server.restart();
        var second = client.resumeUpload(upload(file));

        assertThat(acknowledged).isPositive();
        assertThat(second.getOffset()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(second.getUploadURL()).isEqualTo(first.getUploadURL());
        uploadRest(second);
        assertUploaded(file, second);
    }

    @Test
    void completesOverANetworkThatCutsEveryFewMebibytes() throws Exception {
        var file = TestFile.create(directory, 30 * MEBIBYTE);
        try (var network = FlakyProxy.to(server.port())) {
            network.cutAfter(4 * MEBIBYTE);
            var attempts = new Attempts(client(network.uploads()), upload(file));

            assertThat(attempts.makeAttempts()).isTrue();

            assertThat(network.cuts()).isGreaterThanOrEqualTo(7);
            assertThat(attempts.url()).isNotNull();
            assertThat(RemoteUpload.of(server, attempts.url()).sha256()).isEqualTo(file.sha256());
        }
    }

    private static TusClient client(URI endpoint) throws IOException {
        var client = new TusClient();
        client.setUploadCreationURL(endpoint.toURL());
        client.enableResuming(new TusURLMemoryStore());
        return client;
    }

    private static TusUpload upload(TestFile file) throws FileNotFoundException {
        return new TusUpload(file.path().toFile());
    }

    private static void uploadUntil(TusUploader uploader, long offset)
            throws ProtocolException, IOException {
        uploader.setChunkSize(64 * 1024);
        while (uploader.getOffset() < offset) {
            assertThat(uploader.uploadChunk()).isPositive();
        }
    }

    private static void uploadRest(TusUploader uploader) throws ProtocolException, IOException {
        uploader.setChunkSize(64 * 1024);
        while (uploader.uploadChunk() > -1) {
            // Every call sends one chunk.
        }
        uploader.finish();
    }

    private static void assertUploaded(TestFile file, TusUploader uploader) throws Exception {
        var remote = RemoteUpload.of(server, uploader.getUploadURL().toString());
        assertThat(remote.offset()).isEqualTo(file.length());
        assertThat(remote.sha256()).isEqualTo(file.sha256());
    }

    /** An upload that is tried again whenever the connection breaks. */
    private static final class Attempts extends TusExecutor {

        private final TusClient client;
        private final TusUpload upload;
        private String url = "";

        private Attempts(TusClient client, TusUpload upload) {
            this.client = client;
            this.upload = upload;
            setDelays(IntStream.range(0, 100).map(_ -> 50).toArray());
        }

        private String url() {
            return url;
        }

        @Override
        protected void makeAttempt() throws ProtocolException, IOException {
            var uploader = client.resumeOrCreateUpload(upload);
            url = uploader.getUploadURL().toString();
            uploadRest(uploader);
        }
    }
}
