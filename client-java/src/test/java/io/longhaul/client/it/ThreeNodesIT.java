package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.RetryPolicy;
import io.longhaul.client.Upload;
import io.longhaul.client.UploadClient;
import io.longhaul.client.it.LonghaulCommand.Result;
import io.longhaul.server.cluster.Cluster;
import io.longhaul.server.cluster.ClusterNode;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to three servers on one store, each of which fails while they go on. */
@Timeout(value = 5, unit = MINUTES)
@ExtendWith(SharedCeph.class)
final class ThreeNodesIT {

    private static final long MIB = 1 << 20;
    private static final long LENGTH = 160 * MIB + 1;

    /** What arrives between two failures: the sum of all is far from the length. */
    private static final long STEP = 8 * MIB;

    private static final Pattern COMPLETE = Pattern.compile("\"complete\".*\"url\":\"([^\"]+)\"");
    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");

    @TempDir private static Path shared;

    private static Cluster cluster;

    @TempDir private Path directory;
    private TestFile file;

    @BeforeAll
    static void startCluster(CephServer store) throws Exception {
        cluster = Cluster.start(shared, store);
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        cluster.awaitReadiness();
        file = TestFile.create(directory, LENGTH);
    }

    @Test
    void arrivesThoughEachNodeIsKilled() throws Exception {
        try (var client = client().build()) {
            Upload upload = client.upload(file.path());
            for (ClusterNode node : cluster.nodes()) {
                awaitMore(() -> upload.progress().offset());
                node.server().kill();
                awaitMore(() -> upload.progress().offset());
                node.server().beginAgain();
            }
            assertArrived(upload.await().url());
        }
    }

    @Test
    void arrivesInPiecesThoughEachNodeIsCutOffFromTheStore() throws Exception {
        try (var client = client().parallelism(3).build()) {
            Upload upload = client.upload(file.path());
            for (ClusterNode node : cluster.nodes()) {
                awaitMore(() -> upload.progress().offset());
                node.network().hold();
                try {
                    awaitMore(() -> upload.progress().offset());
                } finally {
                    node.network().release();
                }
            }
            assertArrived(upload.await().url());
        }
    }

    @Test
    void commandArrivesThoughEachNodeIsKilled() throws Exception {
        try (var command =
                LonghaulCommand.start(
                        directory,
                        "upload",
                        "--json",
                        "--chunk-size=8MiB",
                        "--to=" + cluster.uploads(),
                        file.path().toString())) {
            for (ClusterNode node : cluster.nodes()) {
                awaitMore(() -> offset(command));
                node.server().kill();
                awaitMore(() -> offset(command));
                node.server().beginAgain();
            }
            Result result = command.result();
            assertThat(result.code()).as(result.err()).isZero();
            Matcher complete = COMPLETE.matcher(result.out());
            assertThat(complete.find()).as(result.out()).isTrue();
            assertArrived(URI.create(complete.group(1)));
        }
    }

    /** The last one that the command told. */
    private static long offset(LonghaulCommand command) throws IOException {
        return OFFSET.matcher(command.output())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
    }

    private static UploadClient.Builder client() {
        return UploadClient.builder(cluster.uploads())
                .chunkSize(8 * MIB)
                .stallTimeout(Duration.ofSeconds(5))
                .retryPolicy(
                        new RetryPolicy(
                                Duration.ofMillis(50),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(2)));
    }

    private static void awaitMore(Callable<Long> offset) throws Exception {
        long goal = offset.call() + STEP;
        long reached =
                await("an offset of " + goal)
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(5))
                        .until(offset, now -> now >= goal);
        assertThat(reached).as("there is something left").isLessThan(LENGTH);
    }

    private void assertArrived(URI url) throws IOException {
        cluster.awaitReadiness();
        cluster.assertComplete(url.getRawPath(), file);
    }
}
