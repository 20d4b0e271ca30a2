package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.Checksums;
import io.longhaul.client.CompletedUpload;
import io.longhaul.client.RetryPolicy;
import io.longhaul.client.Upload;
import io.longhaul.client.UploadClient;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJavaServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client uploads to the tus servers of others too. */
@Timeout(value = 2, unit = MINUTES)
final class PeerServersIT {

    /** Servers that are not ours. */
    enum Peer {
        TUS_JAVA_SERVER,
        TUS_NODE_SERVER;

        int port() {
            return this == TUS_JAVA_SERVER ? javaServer.port() : nodeServer.port();
        }

        URI uploads() {
            return URI.create("http://127.0.0.1:" + port() + "/files");
        }
    }

    private static final int MIB = 1 << 20;

    @TempDir private static Path directory;
    private static TusJavaServer javaServer;
    private static TusNodeServer nodeServer;

    @BeforeAll
    static void start() throws Exception {
        javaServer = TusJavaServer.start(1L << 40, Duration.ofDays(1));
        nodeServer = TusNodeServer.start(Files.createDirectory(directory.resolve("node")));
    }

    @AfterAll
    static void stop() {
        javaServer.close();
        nodeServer.close();
    }

    @ParameterizedTest
    @EnumSource
    void uploadsFile(Peer peer) throws Exception {
        TestFile file = TestFile.create(directory, 9L * MIB + 1);
        try (var client = UploadClient.builder(peer.uploads()).build()) {
            assertArrived(client.upload(file.path()).await().url(), file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void uploadsStreamWhoseLengthNobodyKnows(Peer peer) throws Exception {
        TestFile file = TestFile.create(directory, 3L * MIB + 7);
        try (var client = UploadClient.builder(peer.uploads()).chunkSize(MIB).build();
                InputStream stream = Files.newInputStream(file.path())) {
            assertArrived(client.upload(stream, Map.of("filename", "a b")).await().url(), file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterCuts(Peer peer) throws Exception {
        TestFile file = TestFile.create(directory, 12L * MIB);
        try (var proxy = FlakyProxy.to(peer.port());
                var client =
                        UploadClient.builder(proxy.uploads()).retryPolicy(impatient()).build()) {
            proxy.cutAfter(5L * MIB);
            Upload upload = client.upload(file.path());
            await().atMost(Duration.ofMinutes(1)).until(() -> proxy.cuts() >= 2);
            proxy.cutAfter(Long.MAX_VALUE);
            CompletedUpload done = upload.await();
            assertArrived(peer.uploads().resolve(done.url().getPath()), file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesWhatThePeerOffers(Peer peer) throws Exception {
        TestFile file = TestFile.create(directory, 17L * MIB);
        try (var client =
                UploadClient.builder(peer.uploads())
                        .parallelism(3)
                        .checksums(Checksums.WHERE_OFFERED)
                        .chunkSize(MIB)
                        .build()) {
            CompletedUpload done = client.upload(file.path()).await();
            assertThat(done.length()).isEqualTo(file.length());
            assertArrived(done.url(), file);
        }
    }

    private static RetryPolicy impatient() {
        return new RetryPolicy(
                Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(1));
    }

    private static void assertArrived(URI url, TestFile file) throws Exception {
        assertThat(TestFile.sha256(url.toURL().openStream())).isEqualTo(file.sha256());
    }
}
