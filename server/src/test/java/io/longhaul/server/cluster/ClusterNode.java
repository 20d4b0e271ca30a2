package io.longhaul.server.cluster;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.s3.CephServer;
import java.util.HashMap;
import java.util.Map;

/**
 * A server of its own process, and the networks between it and the store and the other nodes.
 *
 * @param network through which this server alone reaches the store
 * @param calls through which the other nodes reach this server
 */
public record ClusterNode(ServerProcess server, FlakyProxy network, FlakyProxy calls)
        implements AutoCloseable {

    private static final String EXPIRY = "--longhaul.expiry=2h";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** Starts one and does not wait. */
    static ClusterNode begin(CephServer store, String bucket, Map<String, String> environment) {
        FlakyProxy network = FlakyProxy.to(store.endpoint().getPort());
        int port = FreePorts.next();
        FlakyProxy calls = FlakyProxy.to(port);
        Map<String, String> all = new HashMap<>(environment);
        all.put("JDK_JAVA_OPTIONS", "-Xmx192m");
        ServerProcess server =
                ServerProcess.begin(
                        ServerLaunch.plain().environment(all),
                        port,
                        "--longhaul.content=s3",
                        "--longhaul.s3.endpoint=http://127.0.0.1:" + network.port(),
                        "--longhaul.s3.bucket=" + bucket,
                        "--longhaul.s3.access-key=" + store.accessKey(),
                        "--longhaul.s3.secret-key=" + store.secretKey(),
                        "--longhaul.s3.memory=64MB",
                        "--longhaul.cluster.url=http://127.0.0.1:" + calls.port(),
                        "--longhaul.cluster.secret=" + SECRET,
                        "--longhaul.sweep-interval=500ms",
                        EXPIRY);
        return new ClusterNode(server, network, calls);
    }

    Client client() {
        return new Client(server.port());
    }

    @Override
    public void close() {
        network.close();
        calls.close();
        server.close();
    }
}
