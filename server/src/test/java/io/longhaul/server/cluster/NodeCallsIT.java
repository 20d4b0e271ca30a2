package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.catalog.s3.S3UploadCatalog;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A request comes to one node while another one is receiving bytes for the same upload. */
@Timeout(120)
@ExtendWith(SharedCeph.class)
final class NodeCallsIT {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final byte[] CONTENT = Client.bytes(6, 12 * MEBIBYTE + 1);

    /** Long before a silent request is given up by its own server. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private static Path shared;

    private static Cluster cluster;
    private static S3Bucket bucket;

    private ClusterNode first;
    private Client second;
    private String path;

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
    void createUpload() throws IOException {
        cluster.awaitReadiness();
        first = cluster.node(0);
        second = cluster.node(1).client();
        path = second.create(CONTENT.length);
    }

    /**
     * Two MiB that have arrived at the first node, and single bytes behind them; nothing of it is
     * committed, and the record says who holds the upload.
     */
    private HeldAppend held() throws IOException {
        HeldAppend held = HeldAppend.begin(first.client(), path, CONTENT, 0, 2 * MEBIBYTE);
        await().pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            held.send(1);
                            return holderIsRecorded();
                        });
        return held;
    }

    private boolean holderIsRecorded() throws IOException {
        UploadId id = new UploadId(path.substring(path.lastIndexOf('/') + 1));
        return new S3UploadCatalog(bucket, S3Mode.REPLACE, InstantSource.system())
                        .find(id)
                        .orElseThrow()
                        .holder()
                != null;
    }

    private RawResponse append(int from) throws IOException {
        return second.append(path, from, Arrays.copyOfRange(CONTENT, from, CONTENT.length));
    }

    @Test
    void headTellsWhatIsArrivingAtAnotherNode() throws Exception {
        try (HeldAppend held = held()) {
            assertThat(second.offset(path)).isBetween(2L * MEBIBYTE, (long) held.sent());

            held.sendRest();
            assertThat(held.status()).isEqualTo(204);
        }
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void newerRequestGoesOnBehindWhatAStalledOneHasBrought() throws Exception {
        try (HeldAppend held = held()) {
            RawResponse answer = append(held.sent());

            assertThat(answer.status()).as(answer + answer.text()).isEqualTo(204);
            assertThat(held.status()).isEqualTo(423);
        }
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void movingRequestKeepsTheUpload() throws Exception {
        try (HeldAppend held = held()) {
            Thread moving = Thread.ofVirtual().start(() -> trickle(held));
            long begun = System.nanoTime();
            RawResponse answer = append(0);
            Duration waited = since(begun);
            moving.interrupt();
            moving.join();

            assertThat(answer.status()).as(answer + answer.text()).isEqualTo(423);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(waited).isBetween(Duration.ofSeconds(3), SOON);
            held.sendRest();
            assertThat(held.status()).isEqualTo(204);
        }
        cluster.assertComplete(path, CONTENT);
    }

    private static void trickle(HeldAppend held) {
        try {
            while (true) {
                held.send(1);
                Thread.sleep(Duration.ofMillis(100));
            }
        } catch (IOException | InterruptedException _) { // it has moved for long enough
        }
    }

    @Test
    void nodesThatAreCutOffFromEachOtherTakeOverByTheStore() throws Exception {
        try (HeldAppend held = held()) {
            cluster.nodes().forEach(node -> node.calls().hold());
            try {
                long begun = System.nanoTime();
                RawResponse head = second.exchange("HEAD", path);
                assertThat(head.required("Upload-Offset")).isEqualTo("0");
                RawResponse answer = append(0);

                assertThat(answer.status()).as(answer + answer.text()).isEqualTo(204);
                assertThat(since(begun)).isLessThan(SOON);
                held.sendRest();
                assertThat(held.status()).isIn(0, 410, 423);
            } finally {
                cluster.nodes().stream().map(ClusterNode::calls).forEach(FlakyProxy::release);
            }
        }
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void uploadsOfANodeThatIsFrozenGoOnAtOnce() throws Exception {
        try (HeldAppend held = held()) {
            first.server().freeze();
            try {
                long begun = System.nanoTime();
                RawResponse answer = append(0);

                assertThat(answer.status()).as(answer + answer.text()).isEqualTo(204);
                assertThat(since(begun)).isLessThan(SOON);
            } finally {
                first.server().unfreeze();
            }
            held.sendRest();
            assertThat(held.status()).isNotEqualTo(204);
        }
        cluster.assertComplete(path, CONTENT);
    }

    @Test
    void terminationEndsARequestAtAnotherNodeThatSendsNothing() throws Exception {
        try (HeldAppend held = held()) {
            long begun = System.nanoTime();
            assertThat(second.exchange("DELETE", path).status()).isEqualTo(204);

            assertThat(held.status()).isEqualTo(410);
            assertThat(since(begun)).isLessThan(SOON);
        }
        cluster.assertGone(path);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
