package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.Checksums;
import io.longhaul.client.CompletedUpload;
import io.longhaul.client.RequestRefusedException;
import io.longhaul.client.Upload;
import io.longhaul.client.UploadCancelledException;
import io.longhaul.client.UploadClient;
import io.longhaul.client.UploadProgress;
import io.longhaul.client.UploadSource;
import io.longhaul.client.UploadState;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import io.tus.java.client.TusUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the client is for, against the packaged server. */
@ExtendWith(SharedServer.class)
@Timeout(value = 2, unit = MINUTES)
final class UploadClientIT {

    private static final int MIB = 1 << 20;
    private static final int KIB_64 = 64 << 10;

    private final ServerProcess server;

    @TempDir private Path directory;

    UploadClientIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void uploadsFileOfAnyLength() throws Exception {
        try (var client = client().build()) {
            for (long length : new long[] {0, 1, 10_000, 9L * MIB + 1}) {
                TestFile file = TestFile.create(directory, length);
                CompletedUpload done = client.upload(file.path()).await();
                assertThat(done.length()).isEqualTo(length);
                assertThat(done.sent()).isEqualTo(length);
                assertArrived(done.url(), file);
            }
        }
    }

    @Test
    void uploadsStreamWhoseLengthNobodyKnows() throws Exception {
        TestFile file = TestFile.create(directory, 3L * MIB + 7);
        try (var client = client().chunkSize(MIB).build();
                InputStream stream = Files.newInputStream(file.path())) {
            CompletedUpload done = client.upload(stream, Map.of("filename", "stream")).await();
            assertArrived(done.url(), file);
        }
    }

    @Test
    void uploadsStreamThatEndsWithARequest() throws Exception {
        TestFile file = TestFile.create(directory, 2L * MIB);
        try (var client = client().chunkSize(MIB).build();
                InputStream stream = Files.newInputStream(file.path())) {
            assertArrived(client.upload(stream, Map.of()).await().url(), file);
        }
    }

    @Test
    void uploadsEmptyStream() throws Exception {
        try (var client = client().build()) {
            var nothing = new ByteArrayInputStream(new byte[0]);
            CompletedUpload done = client.upload(nothing, Map.of()).await();
            assertThat(done.length()).isZero();
        }
    }

    @Test
    void uploadsChannel() throws Exception {
        TestFile file = TestFile.create(directory, 2L * MIB);
        var source =
                UploadSource.channel(
                        file.sha256(), file.length(), () -> FileChannel.open(file.path()));
        try (var client = client().build()) {
            assertArrived(client.upload(source, Map.of()).await().url(), file);
        }
    }

    @Test
    void uploadsWhatTusJavaClientDescribes() throws Exception {
        TestFile file = TestFile.create(directory, 2L * MIB);
        var described = new TusUpload(file.path().toFile());
        described.setMetadata(Map.of("filename", "described.bin"));
        try (var client = client().build()) {
            assertArrived(client.upload(described).await().url(), file);
        }
    }

    @Test
    void uploadsOneFileOverSeveralConnections() throws Exception {
        TestFile file = TestFile.create(directory, 17L * MIB + 3);
        try (var client = client().parallelism(4).build()) {
            CompletedUpload done = client.upload(file.path()).await();
            assertThat(done.sent()).isEqualTo(file.length());
            assertArrived(done.url(), file);
        }
    }

    @Test
    void sendsChecksumsThatTheServerVerifies() throws Exception {
        TestFile file = TestFile.create(directory, 3L * MIB);
        try (var client = client().checksums(Checksums.REQUIRED).chunkSize(MIB).build()) {
            assertArrived(client.upload(file.path()).await().url(), file);
        }
    }

    @Test
    void uploadsWhereOnlyPostGetsThrough() throws Exception {
        TestFile file = TestFile.create(directory, MIB);
        try (var client = client().methodOverride(true).build()) {
            Upload upload = client.upload(file.path());
            assertArrived(upload.await().url(), file);
        }
    }

    @Test
    void uploadsThousandsOfSmallFilesAndKeepsTheConnections() throws Exception {
        int count = 2_000;
        byte[] content = new byte[1_000];
        try (var proxy = FlakyProxy.to(server.port());
                var client =
                        UploadClient.builder(proxy.uploads()).maxConcurrentUploads(8).build()) {
            var uploads = new ArrayList<Upload>();
            for (int i = 0; i < count; i++) {
                Path file = Files.write(directory.resolve("small-" + i), content);
                uploads.add(client.upload(file));
            }
            for (Upload upload : uploads) {
                assertThat(upload.await().length()).isEqualTo(content.length);
            }
            assertThat(proxy.accepted()).isLessThanOrEqualTo(8 + 2);
        }
    }

    @Test
    void goesOnAfterPauseWithoutSendingAgain() throws Exception {
        TestFile file = TestFile.create(directory, 24L * MIB);
        var paused = new CopyOnWriteArrayList<UploadProgress>();
        try (var client = client().chunkSize(KIB_64).build()) {
            Upload upload = client.upload(file.path());
            upload.onProgress(
                    progress -> {
                        if (progress.offset() >= MIB && paused.isEmpty()) {
                            paused.add(progress);
                            upload.pause();
                        }
                    });
            await().until(() -> upload.progress().state() == UploadState.PAUSED);
            assertThat(upload.result()).isNotDone();
            long before = upload.progress().offset();
            upload.resume();
            CompletedUpload done = upload.await();
            assertArrived(done.url(), file);
            assertThat(before).isLessThan(file.length());
            assertThat(done.sent()).isLessThanOrEqualTo(file.length() + KIB_64);
        }
    }

    @Test
    void anotherClientWithTheSameStoreGoesOnAfterCancelling() throws Exception {
        TestFile file = TestFile.create(directory, 24L * MIB);
        Path store = directory.resolve("store");
        URI url;
        try (var client = client().chunkSize(KIB_64).store(store).build()) {
            Upload upload = client.upload(file.path());
            await().until(() -> upload.progress().offset() >= 4 * MIB);
            upload.cancel();
            assertThatThrownBy(upload::await).isInstanceOf(UploadCancelledException.class);
            url = upload.url().orElseThrow();
        }
        try (var client = client().chunkSize(KIB_64).store(store).build()) {
            CompletedUpload done = client.upload(file.path()).await();
            assertThat(done.url()).isEqualTo(url);
            assertThat(done.sent()).isLessThanOrEqualTo(20L * MIB);
            assertArrived(url, file);
        }
    }

    @Test
    void terminatingDeletesWhatTheServerHas() throws Exception {
        TestFile file = TestFile.create(directory, 24L * MIB);
        try (var client = client().chunkSize(KIB_64).build()) {
            Upload upload = client.upload(file.path());
            await().until(() -> upload.progress().offset() >= MIB);
            URI url = upload.url().orElseThrow();
            upload.terminate().get();
            assertThat(Http.status("HEAD", url)).isIn(404, 410);
        }
    }

    @Test
    void uploadThatTheServerDoesNotWantFailsAtOnce() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        URI nowhere = server.origin().resolve("/nowhere");
        try (var client = UploadClient.builder(nowhere).build()) {
            assertThatThrownBy(client.upload(file.path())::await)
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            refused -> assertThat(refused.status()).isEqualTo(404));
        }
    }

    @Test
    void tellsProgressUpToTheEnd() throws Exception {
        TestFile file = TestFile.create(directory, 8L * MIB);
        List<UploadProgress> seen = new CopyOnWriteArrayList<>();
        try (var client = client().chunkSize(MIB).build()) {
            client.upload(file.path()).onProgress(seen::add).await();
        }
        assertThat(seen.get(seen.size() - 1).state()).isEqualTo(UploadState.COMPLETE);
        assertThat(seen.get(seen.size() - 1).offset()).isEqualTo(file.length());
        assertThat(seen).extracting(UploadProgress::offset).isSorted();
        assertThat(seen).allSatisfy(p -> assertThat(p.sent()).isGreaterThanOrEqualTo(p.offset()));
    }

    private UploadClient.Builder client() {
        return UploadClient.builder(server.uploads()).stallTimeout(Duration.ofSeconds(20));
    }

    private static void assertArrived(URI url, TestFile file) throws IOException {
        assertThat(TestFile.sha256(url.toURL().openStream())).isEqualTo(file.sha256());
    }
}
