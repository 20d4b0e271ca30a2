package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three servers on a store that answers 503 to everything for {@code -Dnodes.busySeconds=30}. */
@Timeout(240)
@ExtendWith(SharedCeph.class)
final class BusyStoreIT {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration BUSY = Duration.ofSeconds(Long.getLong("nodes.busySeconds", 30));

    /** As docs/operations promises. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Of all together more than the memory of a server for them. */
    private static final int UPLOADS = 6;

    private static final byte[] CONTENT = Client.bytes(6, 24 * MEBIBYTE + 1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<HeldAppend> underWay = new ArrayList<>();
    private Cluster cluster;
    private Scenario scenario;
    private int store;

    @BeforeEach
    void startCluster(CephServer ceph, @TempDir Path directory, TestInfo test) throws Exception {
        store = ceph.endpoint().getPort();
        cluster = Cluster.start(directory, ceph);
        scenario = new Scenario(test.getTestMethod().orElseThrow().getName(), cluster);
    }

    @AfterEach
    void closeCluster() throws IOException {
        http.shutdownNow();
        for (HeldAppend each : underWay) {
            each.close();
        }
        if (cluster != null) {
            scenario.close();
            cluster.close();
        }
    }

    @Test
    void requestsWaitUntilTheStoreHasTimeAgain() throws Exception {
        ClusterNode node = cluster.node(0);
        URI complete = create().join();
        assertThat(append(complete).join().statusCode()).isEqualTo(204);
        List<String> paths = beginUploads(node);
        try (BusyStore busy = new BusyStore()) {
            leadTo(busy.port());
            underWay.forEach(HeldAppend::sendRest);
            CompletableFuture<HttpResponse<byte[]>> created = create().thenCompose(this::append);
            CompletableFuture<HttpResponse<byte[]>> head =
                    send("HEAD", complete, BodyPublishers.noBody());
            CompletableFuture<HttpResponse<byte[]>> download =
                    send("GET", complete, BodyPublishers.noBody());
            await().pollDelay(BUSY).atMost(BUSY.plusSeconds(5)).until(() -> true);
            assertThat(created).isNotDone();
            assertThat(busy.refusals()).isGreaterThan(UPLOADS);
            leadTo(store);

            for (HeldAppend each : underWay) {
                assertThat(each.status()).isEqualTo(204);
            }
            assertThat(created.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(204);
            assertThat(head.join().statusCode()).isIn(200, 423);
            assertThat(download.join().statusCode()).isEqualTo(200);
            assertThat(download.join().body()).isEqualTo(CONTENT);
            cluster.assertComplete(created.join().uri().getRawPath(), CONTENT);
        }
        for (String path : paths) {
            cluster.assertComplete(path, CONTENT);
        }
    }

    /** Uploads at one server that has acknowledged a part of each. */
    private List<String> beginUploads(ClusterNode node) throws IOException {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            String path = node.client().create(CONTENT.length);
            paths.add(path);
            HeldAppend append = HeldAppend.begin(node.client(), path, CONTENT, 0, 2 * MEBIBYTE);
            underWay.add(append);
            append.awaitAcknowledged(); // at once, as HEAD ends a request that has stalled
        }
        return paths;
    }

    private void leadTo(int port) {
        cluster.nodes().forEach(node -> node.network().leadTo(port));
    }

    private CompletableFuture<URI> create() {
        return send(
                        "POST",
                        cluster.uploads(),
                        BodyPublishers.noBody(),
                        "Upload-Length",
                        Integer.toString(CONTENT.length))
                .thenApply(answer -> cluster.origin().resolve(location(answer)));
    }

    private static String location(HttpResponse<?> answer) {
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private CompletableFuture<HttpResponse<byte[]>> append(URI upload) {
        return send(
                "PATCH",
                upload,
                BodyPublishers.ofByteArray(CONTENT),
                "Upload-Offset",
                "0",
                "Content-Type",
                "application/offset+octet-stream");
    }

    private CompletableFuture<HttpResponse<byte[]>> send(
            String method, URI to, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to).timeout(LIMIT).method(method, body);
        request.header("Tus-Resumable", "1.0.0");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
    }
}
