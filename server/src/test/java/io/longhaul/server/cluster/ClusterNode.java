package io.longhaul.server.cluster;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.s3.CephServer;
import java.util.HashMap;
import java.util.Map;

/**
 * A server of its own process, and the network between it and the store.
 *
 * @param network through which this server alone reaches the store
 */
record ClusterNode(ServerProcess server, FlakyProxy network) implements AutoCloseable {

    private static final String EXPIRY = "--longhaul.expiry=2h";

    /** Starts one and does not wait. */
    static ClusterNode begin(CephServer store, String bucket, Map<String, String> environment) {
        FlakyProxy network = FlakyProxy.to(store.endpoint().getPort());
        Map<String, String> all = new HashMap<>(environment);
        all.put("JDK_JAVA_OPTIONS", "-Xmx192m");
        ServerProcess server =
                ServerProcess.begin(
                        ServerLaunch.plain().environment(all),
                        "--longhaul.content=s3",
                        "--longhaul.s3.endpoint=http://127.0.0.1:" + network.port(),
                        "--longhaul.s3.bucket=" + bucket,
                        "--longhaul.s3.access-key=" + store.accessKey(),
                        "--longhaul.s3.secret-key=" + store.secretKey(),
                        "--longhaul.s3.memory=64MB",
                        "--longhaul.sweep-interval=500ms",
                        EXPIRY);
        return new ClusterNode(server, network);
    }

    Client client() {
        return new Client(server.port());
    }

    @Override
    public void close() {
        network.close();
        server.close();
    }
}
