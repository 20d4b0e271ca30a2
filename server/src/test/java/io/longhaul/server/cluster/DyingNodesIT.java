package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.catalog.s3.S3UploadCatalog;
import io.longhaul.server.content.s3.S3ContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.s3.S3Multipart;
import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.Trap;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of three servers on one store dies, or falls asleep, at the worst moment there is. */
@Timeout(180)
@ExtendWith(SharedCeph.class)
final class DyingNodesIT {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final byte[] CONTENT = Client.bytes(6, 24 * MEBIBYTE + 1);
    private static final int STORED = 10 * MEBIBYTE;
    private static final int MORE = 3 * MEBIBYTE;

    @TempDir private static Path shared;

    private static Cluster cluster;
    private static S3Bucket bucket;

    private Scenario scenario;

    @BeforeAll
    static void startCluster(CephServer store) throws Exception {
        cluster = Cluster.start(shared, store);
        bucket = store.bucket(cluster.bucket());
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            bucket.close();
            cluster.close();
        }
    }

    @BeforeEach
    void begin(TestInfo test) {
        cluster.awaitReadiness();
        scenario = new Scenario(test.getDisplayName(), cluster);
    }

    @AfterEach
    void end() {
        scenario.close();
    }

    /**
     * @param committed whether the store gets the record, and the server dies without knowing
     */
    @ParameterizedTest(name = "killed between tail and commit, committed: {0}")
    @ValueSource(booleans = {false, true})
    void losesNothingWhenKilledBetweenTailAndCommit(boolean committed) throws Exception {
        ClusterNode killed = cluster.node(0);
        String path = killed.client().create(CONTENT.length);
        byte[] first = Arrays.copyOf(CONTENT, STORED);
        assertThat(killed.client().append(path, 0, first).status()).isEqualTo(204);
        List<String> before = tails(path);

        Predicate<String> commit = commitOfTail(id(path));
        Trap trap =
                committed
                        ? killed.network().catchAnswer(commit)
                        : killed.network().catchRequest(commit);
        try (RawConnection append = killed.client().beginAppend(path, STORED, MORE)) {
            append.send(Arrays.copyOfRange(CONTENT, STORED, STORED + MORE));
            trap.await();
            killed.server().kill();
        }

        // The tail from before, and the one that was written last.
        assertThat(before).hasSize(1);
        assertThat(tails(path)).hasSize(2).containsAll(before);
        assertThat(cluster.node(1).client().offset(path))
                .isEqualTo(committed ? STORED + MORE : STORED);
        try (ResumingClient client =
                new ResumingClient(
                        cluster.origin().resolve(path), CONTENT, 5 * MEBIBYTE, scenario)) {
            client.complete();
        } finally {
            killed.server().beginAgain();
        }
        cluster.awaitReadiness();
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void aFrozenNodeDoesNotBringATerminatedUploadBack() throws Exception {
        ClusterNode frozen = cluster.node(0);
        String path = frozen.client().create(CONTENT.length);
        try (HeldAppend held = HeldAppend.begin(frozen.client(), path, CONTENT, 0, STORED)) {
            held.awaitAcknowledged().send(MORE);
            frozen.server().freeze();
            try {
                held.sendRest();
                assertThat(cluster.node(1).client().exchange("DELETE", path).status())
                        .isEqualTo(204);
            } finally {
                frozen.server().unfreeze();
            }

            assertThat(held.status()).isIn(404, 410, 423);
        }
        cluster.assertGone(path);
        sweepOrphans();
        await().untilAsserted(() -> assertThat(content(path)).isEmpty());
    }

    @Test
    void downloadsGoOnWhenNodesDie() throws Exception {
        byte[] large = Client.bytes(7, 48 * MEBIBYTE + 1);
        String path = cluster.node(0).client().create(large.length);
        assertThat(cluster.node(0).client().append(path, 0, large).status()).isEqualTo(204);
        int port = cluster.origin().getPort();
        try (var one = new ResumingDownload(port, path);
                var two = new ResumingDownload(port, path);
                var three = new ResumingDownload(port, path)) {
            List<ResumingDownload> all = List.of(one, two, three);
            for (ClusterNode node : cluster.nodes()) {
                all.forEach(each -> each.read(4 * MEBIBYTE));
                node.server().kill();
                all.forEach(each -> each.read(4 * MEBIBYTE));
                node.server().restart();
            }
            all.forEach(each -> each.read(large.length - 24 * MEBIBYTE));

            assertThat(all).allSatisfy(each -> assertThat(each.content()).isEqualTo(large));
            assertThat(all).allSatisfy(each -> assertThat(each.breaks()).isPositive());
        }
    }

    /** The record's write that follows a tail's; one that tells of the holder may come before. */
    private static Predicate<String> commitOfTail(String id) {
        AtomicBoolean tail = new AtomicBoolean();
        return line -> {
            boolean put = line.startsWith("PUT ") && line.contains(id);
            if (put && line.contains("/t-")) {
                tail.set(true);
            }
            return put && line.contains("/s/") && tail.get();
        };
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<String> tails(String path) throws IOException {
        return content(path).stream().filter(key -> key.contains("/t-")).toList();
    }

    /** The keys of all that the store has of an upload's bytes. */
    private static List<String> content(String path) throws IOException {
        String prefix = "c/%s/%s/".formatted(id(path).substring(0, 2), id(path));
        return Stream.concat(
                        bucket.list(prefix, "", 1_000).entries().stream().map(S3Entry::key),
                        bucket.multiparts().list(prefix).stream().map(S3Multipart::key))
                .toList();
    }

    /** Does at once what a server does each day with what is a day old. */
    private static void sweepOrphans() throws IOException {
        UploadListener listener = new UploadListener() {};
        Duration day = Duration.ofDays(1);
        InstantSource clock = InstantSource.system();
        try (var store = new S3ContentStore(bucket, 16 << 20, null)) {
            new Uploads(
                            new S3UploadCatalog(bucket, S3Mode.REPLACE, clock),
                            store,
                            new Holders(HolderTiming.DEFAULT, listener),
                            new UploadLimits(OptionalLong.empty(), day, day, day, 0),
                            listener,
                            clock)
                    .deleteOrphans(Duration.ZERO);
        }
    }
}
