package io.longhaul.benchmarks.peer;

import io.longhaul.server.testing.TusJavaServer;
import java.time.Duration;

/** tus-java-server as a process of its own, whose uploads are below {@code java.io.tmpdir}. */
final class TusJavaServerProcess {

    /** It takes no Long.MAX_VALUE. */
    private static final long MAX_SIZE = 1L << 50;

    private static final Duration EXPIRY = Duration.ofDays(2);

    private TusJavaServerProcess() {}

    /** The threads of the server, which nothing stops, keep the process. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        TusJavaServer server = TusJavaServer.start(port, MAX_SIZE, EXPIRY);
        System.out.println("port " + server.port());
    }
}
