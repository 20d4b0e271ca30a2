package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.Longhaul;
import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.server.testing.CephPrograms;
import io.longhaul.server.testing.s3.CephServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** A real Ceph on this machine with one bucket, and the servers that share it. */
final class Store implements AutoCloseable {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final CephServer ceph;
    private final String bucket;
    private final Peer calling;
    private final Peer alone;
    private final Path work;

    private Store(CephServer ceph, Longhaul longhaul, Path work) {
        this.ceph = ceph;
        this.work = work;
        bucket = ceph.newBucket();
        alone = longhaul.sharing("longhaul-no-calls", _ -> settings());
        calling = longhaul.sharing("longhaul", this::callingSettings);
    }

    static Store start(Longhaul longhaul, Path work) throws IOException {
        try {
            CephPrograms programs =
                    CephPrograms.find().orElseThrow(() -> new IOException("there is no Ceph"));
            return new Store(CephServer.start(programs), longhaul, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private List<String> settings() {
        return List.of(
                "--longhaul.content=s3",
                "--longhaul.s3.endpoint=" + ceph.endpoint(),
                "--longhaul.s3.bucket=" + bucket,
                "--longhaul.s3.prefix=longhaul/",
                "--longhaul.s3.access-key=" + ceph.accessKey(),
                "--longhaul.s3.secret-key=" + ceph.secretKey());
    }

    private List<String> callingSettings(int port) {
        List<String> settings = new ArrayList<>(settings());
        settings.add("--longhaul.cluster.url=http://127.0.0.1:" + port);
        settings.add("--longhaul.cluster.secret=" + SECRET);
        return settings;
    }

    /** Servers that call each other, as the guide sets them up. */
    Peer calling() {
        return calling;
    }

    /** Servers that know of each other by the store alone. */
    Peer alone() {
        return alone;
    }

    /** Starts one of its servers. */
    PeerProcess server(Peer peer) throws IOException {
        return PeerProcess.start(peer, work);
    }

    /** The SDK's client, as the tests have it. */
    S3Client client() {
        return ceph.client();
    }

    String bucket() {
        return bucket;
    }

    @Override
    public void close() {
        ceph.close();
    }
}
