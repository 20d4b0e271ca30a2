package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.Checksums;
import io.longhaul.client.CompletedUpload;
import io.longhaul.client.RetryPolicy;
import io.longhaul.client.Upload;
import io.longhaul.client.UploadClient;
import io.longhaul.client.UploadProgress;
import io.longhaul.client.UploadState;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cuts, stalls and killed servers under an upload that goes on by itself. */
@Timeout(value = 3, unit = MINUTES)
final class BadNetworkIT {

    private static final int MIB = 1 << 20;

    @TempDir private Path directory;
    private ServerProcess server;
    private FlakyProxy proxy;

    @BeforeEach
    void start() {
        server = ServerProcess.start();
        proxy = FlakyProxy.to(server.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void arrivesThoughEveryConnectionIsCut() throws Exception {
        TestFile file = TestFile.create(directory, 40L * MIB);
        proxy.cutAfter(3L * MIB);
        try (var client = client().build()) {
            CompletedUpload done = client.upload(file.path()).await();
            assertArrived(done, file);
            assertThat(proxy.cuts()).isGreaterThan(10);
        }
    }

    @Test
    void arrivesInPiecesThoughEveryConnectionIsCut() throws Exception {
        TestFile file = TestFile.create(directory, 40L * MIB);
        proxy.cutAfter(3L * MIB);
        try (var client = client().parallelism(4).build()) {
            assertArrived(client.upload(file.path()).await(), file);
        }
    }

    @Test
    void arrivesWithChecksumsThoughEveryConnectionIsCutBeforeARequestEnds() throws Exception {
        // Bytes under a checksum count only as a whole: requests have to get smaller by themselves.
        TestFile file = TestFile.create(directory, 8L * MIB);
        proxy.cutAfter(3L * MIB);
        try (var client = client().checksums(Checksums.REQUIRED).build()) {
            assertArrived(client.upload(file.path()).await(), file);
        }
    }

    @Test
    void leavesConnectionThatDoesNotMove() throws Exception {
        TestFile file = TestFile.create(directory, 64L * MIB);
        try (var client = client().stallTimeout(Duration.ofSeconds(1)).build()) {
            Upload upload = client.upload(file.path());
            await().until(() -> upload.progress().sent() > 8 * MIB);
            proxy.stall();
            assertArrived(upload.await(), file);
        }
    }

    @Test
    void goesOnWhenTheServerIsKilledAndStartedAgain() throws Exception {
        TestFile file = TestFile.create(directory, 400L * MIB);
        List<UploadState> states = new CopyOnWriteArrayList<>();
        try (var client = client().chunkSize(4L * MIB).build()) {
            Upload upload =
                    client.upload(file.path()).onProgress(progress -> states.add(progress.state()));
            await().until(() -> upload.progress().offset() >= 8 * MIB);
            server.kill();
            long acknowledged = upload.progress().offset();
            UploadProgress waiting =
                    await().until(
                                    upload::progress,
                                    progress -> progress.state() == UploadState.WAITING);
            assertThat(waiting.trouble()).isPresent();
            server.restart();
            assertThat(Http.offset(direct(upload.url().orElseThrow())))
                    .isGreaterThanOrEqualTo(acknowledged);
            assertArrived(upload.await(), file);
        }
        assertThat(states).contains(UploadState.WAITING);
    }

    @Test
    void serverReceivesEachByteOnceThoughEveryConnectionIsCut() throws Exception {
        TestFile file = TestFile.create(directory, 40L * MIB);
        proxy.cutAfter(3L * MIB);
        try (var client = client().build()) {
            assertArrived(client.upload(file.path()).await(), file);
        }
        assertThat(Http.metric(server.origin(), "longhaul_bytes_received_total"))
                .isEqualTo(file.length());
        assertThat(proxy.cuts()).isGreaterThan(10);
    }

    private UploadClient.Builder client() {
        return UploadClient.builder(proxy.uploads())
                .stallTimeout(Duration.ofSeconds(20))
                .retryPolicy(
                        new RetryPolicy(
                                Duration.ofMillis(20),
                                Duration.ofMillis(500),
                                Duration.ofMinutes(2)));
    }

    private URI direct(URI url) {
        return server.origin().resolve(url.getPath());
    }

    private void assertArrived(CompletedUpload done, TestFile file) throws IOException {
        URI url = direct(done.url());
        assertThat(TestFile.sha256(url.toURL().openStream())).isEqualTo(file.sha256());
    }
}
