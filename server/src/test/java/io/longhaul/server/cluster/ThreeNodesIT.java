package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.CCompiler;
import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.ShiftedClock;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real clients upload to three servers on one store, any of which may fail. */
@Timeout(180)
@ExtendWith(SharedCeph.class)
final class ThreeNodesIT {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration FREEZE =
            Duration.ofSeconds(Long.getLong("nodes.freezeSeconds", 30));
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int KILLS = Integer.getInteger("nodes.kills", 4);
    private static final int MOST_BEFORE_KILL = 12 * MEBIBYTE / KILLS;
    private static final byte[] CONTENT = Client.bytes(5, 24 * MEBIBYTE + 1);

    @TempDir private static Path shared;

    private static @Nullable ShiftedClock clock;
    private static Cluster cluster;

    @TempDir private Path directory;
    private Scenario scenario;

    @BeforeAll
    static void startCluster(CephServer store) throws Exception {
        clock = CCompiler.isThere() ? ShiftedClock.in(shared) : null;
        Map<String, String> environment = clock == null ? Map.of() : clock.environment();
        cluster = Cluster.start(shared, store, environment);
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void begin(TestInfo test) {
        cluster.awaitReadiness();
        scenario = new Scenario(test.getTestMethod().orElseThrow().getName(), cluster);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    @Test
    void tusJsClientUploadsWithEveryRequestAtAnotherNode() throws Exception {
        TestFile file = TestFile.create(directory, CONTENT.length);

        var result = tusJs(file).option("chunkSize", 3 * MEBIBYTE).upload();

        assertThat(result.requests()).hasSize(10).startsWith("POST 201").endsWith("PATCH 204");
        List<String> servers = scenario.requests().stream().map(BalancedRequest::server).toList();
        for (int i = 1; i < servers.size(); i++) {
            assertThat(servers.get(i)).isNotEqualTo(servers.get(i - 1));
        }
        cluster.assertComplete(path(result.url()), file);
    }

    @Test
    void tusJsClientUploadsInParallelAndConcatenates() throws Exception {
        TestFile file = TestFile.create(directory, CONTENT.length);

        var result =
                tusJs(file).option("parallelUploads", 3).option("chunkSize", 5 * MEBIBYTE).upload();

        assertThat(result.requests()).endsWith("POST 201");
        cluster.assertComplete(path(result.url()), file);
    }

    @Test
    void tusJavaClientUploadsWithEveryRequestAtAnotherNode() throws Exception {
        TestFile file = TestFile.create(directory, CONTENT.length);
        TusClient client = new TusClient();
        client.setUploadCreationURL(cluster.uploads().toURL());

        TusUploader uploader = client.createUpload(new TusUpload(file.path().toFile()));
        uploader.setRequestPayloadSize(5 * MEBIBYTE);
        uploader.setChunkSize(MEBIBYTE);
        while (uploader.uploadChunk() > -1) {
            // Every call sends one chunk.
        }
        uploader.finish();

        cluster.assertComplete(path(uploader.getUploadURL().toString()), file);
    }

    @Test
    void goesOnAtOthersWhileANodeIsCutOffFromTheStore() throws Exception {
        String path = create();
        ClusterNode cutOff = cluster.node(0);
        try (HeldAppend held = HeldAppend.begin(cutOff.client(), path, CONTENT, 0, 10 * MEBIBYTE);
                ResumingClient client = client(path)) {
            held.awaitAcknowledged();
            cutOff.network().hold();
            try {
                held.send(3 * MEBIBYTE).sendRest();
                client.complete();
            } finally {
                cutOff.network().release();
            }

            assertThat(held.status()).isNotEqualTo(204);
            assertThat(client.acknowledged()).isEqualTo(CONTENT.length);
        }
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void arrivesWhileNodesAreCutOffInTurn() throws Exception {
        TestFile file = TestFile.create(directory, CONTENT.length);
        try (Command run = paced(file).start()) {
            for (ClusterNode node : cluster.nodes()) {
                node.network().hold();
                pass(Duration.ofSeconds(2));
                node.network().release();
            }

            var result = TusJs.result(run);

            assertThat(result.requests()).containsOnlyOnce("POST 201");
            cluster.assertComplete(path(result.url()), file);
        }
    }

    @Test
    void aNodeThatWasFrozenChangesNothing() throws Exception {
        String path = create();
        ClusterNode frozen = cluster.node(1);
        try (HeldAppend held = HeldAppend.begin(frozen.client(), path, CONTENT, 0, 10 * MEBIBYTE);
                ResumingClient client = client(path)) {
            held.awaitAcknowledged().send(7 * MEBIBYTE);
            long begun = System.nanoTime();
            frozen.server().freeze();
            try {
                held.sendRest();
                client.complete();
                pass(FREEZE.minusNanos(System.nanoTime() - begun));
            } finally {
                frozen.server().unfreeze();
            }

            assertThat(held.status()).isNotEqualTo(204);
        }
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void losesNothingWhenNodesAreKilled() throws Exception {
        Random random = new Random(7);
        String path = create();
        try (ResumingClient client = client(path)) {
            for (int round = 0; round < KILLS; round++) {
                ClusterNode killed = cluster.node(round % cluster.nodes().size());
                killed.server().awaitReadiness();
                killWhileItHolds(killed, path, client, random);
                try {
                    client.reach(client.acknowledged() + MEBIBYTE);
                } finally {
                    killed.server().beginAgain();
                }
            }
            cluster.awaitReadiness();
            client.complete();
        }
        cluster.assertComplete(path, CONTENT);
    }

    private static void killWhileItHolds(
            ClusterNode node, String path, ResumingClient client, Random random) throws Exception {
        int offset = Math.toIntExact(node.client().offset(path));
        int count = 1 + random.nextInt(MOST_BEFORE_KILL);
        try (HeldAppend held = HeldAppend.begin(node.client(), path, CONTENT, offset, count)) {
            if (random.nextBoolean()) {
                held.awaitAcknowledged();
                client.offset();
            } else {
                pass(Duration.ofMillis(random.nextInt(150)));
            }
            node.server().kill();
        }
    }

    @Test
    void aClockAnHourAheadEndsNoUpload() throws Exception {
        assumeTrue(clock != null, "there is no C compiler");
        TestFile file = TestFile.create(directory, CONTENT.length);
        String waiting = create();
        try {
            clock.set(Duration.ofHours(1));

            var result = tusJs(file).option("chunkSize", 3 * MEBIBYTE).upload();
            ClusterNode ahead = cluster.node(2);
            String through = ahead.client().create(CONTENT.length);
            // Its sweep has come by several times.
            pass(Duration.ofSeconds(2));

            cluster.assertComplete(path(result.url()), file);
            for (String path : List.of(waiting, through)) {
                try (ResumingClient client = client(path)) {
                    client.complete();
                }
                cluster.assertComplete(path, CONTENT);
            }
        } finally {
            clock.set(Duration.ZERO);
        }
    }

    @Test
    void arrivesWhenTheStoreIsSilentForAWhile() throws Exception {
        TestFile file = TestFile.create(directory, CONTENT.length);
        int before = scenario.requests().size();
        try (Command run = paced(file).start()) {
            await().until(() -> scenario.requests().size() > before + 1);
            networks().forEach(FlakyProxy::hold);
            pass(SILENCE);
            networks().forEach(FlakyProxy::release);

            var result = TusJs.result(run);

            assertThat(result.requests()).containsOnlyOnce("POST 201");
            cluster.assertComplete(path(result.url()), file);
        }
    }

    @Test
    void aTerminatedUploadDoesNotComeBack() throws Exception {
        String path = create();
        try (HeldAppend held =
                HeldAppend.begin(cluster.node(0).client(), path, CONTENT, 0, 10 * MEBIBYTE)) {
            held.awaitAcknowledged().send(MEBIBYTE);

            long begun = System.nanoTime();
            RawResponse deleted = cluster.node(1).client().exchange("DELETE", path);
            scenario.waited(Duration.ofNanos(System.nanoTime() - begun));

            assertThat(deleted.status()).as(deleted.toString()).isEqualTo(204);
            cluster.assertGone(path);
            begun = System.nanoTime();
            held.sendRest();
            assertThat(held.status()).isIn(404, 410);
            scenario.waited(Duration.ofNanos(System.nanoTime() - begun));
        }
        cluster.assertGone(path);
    }

    private static String create() throws IOException {
        return cluster.node(0).client().create(CONTENT.length);
    }

    private ResumingClient client(String path) {
        return new ResumingClient(cluster.origin().resolve(path), CONTENT, 5 * MEBIBYTE, scenario);
    }

    private static List<FlakyProxy> networks() {
        return cluster.nodes().stream().map(ClusterNode::network).toList();
    }

    private static TusJs tusJs(TestFile file) {
        return TusJs.scenario("upload", cluster.uploads(), file).retrying();
    }

    /** So slow that something can happen meanwhile. */
    private static TusJs paced(TestFile file) {
        return tusJs(file).with("pace", 6 * MEBIBYTE).option("chunkSize", 3 * MEBIBYTE);
    }

    private static String path(String url) {
        return URI.create(url).getRawPath();
    }

    private static void pass(Duration time) {
        if (time.isPositive()) {
            await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
        }
    }
}
