package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.Nginx;
import io.longhaul.server.testing.NginxBinary;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.s3.CephServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Three servers on one bucket behind nginx, which gives each request to the next of them. For one
 * thread at a time.
 */
public final class Cluster implements AutoCloseable {

    private final List<ClusterNode> nodes;
    private final String bucket;
    private final Nginx balancer;
    private final Path log;

    private Cluster(List<ClusterNode> nodes, String bucket, Nginx balancer, Path log) {
        this.nodes = nodes;
        this.bucket = bucket;
        this.balancer = balancer;
        this.log = log;
    }

    /** Starts all three at once, on an empty bucket; a test is skipped where there is no nginx. */
    public static Cluster start(Path directory, CephServer store) throws Exception {
        return start(directory, store, Map.of());
    }

    /**
     * The same with an environment.
     *
     * @param lastEnvironment of the last server
     */
    static Cluster start(Path directory, CephServer store, Map<String, String> lastEnvironment)
            throws Exception {
        Optional<Path> nginx = NginxBinary.find();
        assumeTrue(nginx.isPresent(), "there is no nginx");
        String bucket = store.newBucket();
        List<ClusterNode> nodes =
                Stream.of(Map.<String, String>of(), Map.<String, String>of(), lastEnvironment)
                        .map(environment -> ClusterNode.begin(store, bucket, environment))
                        .toList();
        awaitReadiness(nodes);
        List<Integer> ports = nodes.stream().map(node -> node.server().port()).toList();
        Nginx balancer = Nginx.balance(nginx.get(), directory, FreePorts.next(), ports);
        return new Cluster(nodes, bucket, balancer, directory.resolve("access.log"));
    }

    /** Waits until every server takes requests. */
    public void awaitReadiness() {
        awaitReadiness(nodes);
    }

    private static void awaitReadiness(List<ClusterNode> nodes) {
        nodes.forEach(node -> node.server().awaitReadiness());
    }

    public ClusterNode node(int number) {
        return nodes.get(number);
    }

    public List<ClusterNode> nodes() {
        return nodes;
    }

    /** The name of the bucket that all of them keep everything in. */
    String bucket() {
        return bucket;
    }

    URI origin() {
        return balancer.origin();
    }

    public URI uploads() {
        return origin().resolve("/files");
    }

    /** The requests that went through the balancer, in the order of their ends. */
    List<BalancedRequest> requests() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(BalancedRequest::of).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The upload is complete, and the same from every node. */
    void assertComplete(String path, byte[] content) throws IOException {
        assertComplete(path, content.length, TestFile.sha256(new ByteArrayInputStream(content)));
    }

    public void assertComplete(String path, TestFile file) throws IOException {
        assertComplete(path, file.length(), file.sha256());
    }

    private void assertComplete(String path, long length, String sha256) throws IOException {
        for (ClusterNode node : nodes) {
            RawResponse head = node.client().exchange("HEAD", path);
            assertThat(head.status()).as(head.toString()).isEqualTo(200);
            assertThat(head.required("Upload-Offset")).isEqualTo(Long.toString(length));
            assertThat(head.required("Upload-Length")).isEqualTo(Long.toString(length));
            byte[] content = node.client().content(path);
            assertThat(TestFile.sha256(new ByteArrayInputStream(content))).isEqualTo(sha256);
        }
    }

    /** No node has the upload, now and a little later. */
    void assertGone(String path) {
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            for (ClusterNode node : nodes) {
                                assertThat(node.client().exchange("HEAD", path).status())
                                        .isIn(404, 410);
                                assertThat(node.client().exchange("GET", path).status())
                                        .isIn(404, 410);
                            }
                        });
    }

    @Override
    public void close() {
        balancer.close();
        nodes.forEach(ClusterNode::close);
    }
}
