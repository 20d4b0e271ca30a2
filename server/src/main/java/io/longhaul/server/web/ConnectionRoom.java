package io.longhaul.server.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/**
 * Keeps a quarter of the process's file descriptors from connections, so that those which are there
 * can still open files. Further ones wait to be accepted, and meanwhile idle ones are soon closed.
 */
final class ConnectionRoom {

    private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(5);

    private ConnectionRoom() {}

    /** Does nothing on a system that does not say how many descriptors there are. */
    static void limit(Server server, Connector... connectors) {
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system) {
            long most = system.getMaxFileDescriptorCount() / 4 * 3;
            NetworkConnectionLimit limit =
                    new NetworkConnectionLimit((int) Math.min(most, Integer.MAX_VALUE), connectors);
            limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
            server.addBean(limit);
        }
    }
}
