package io.longhaul.server.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What a store under load answers to every call: that it has no time. Thread-safe. */
final class BusyStore implements AutoCloseable {

    private static final byte[] SLOW_DOWN =
            "<Error><Code>SlowDown</Code><Message>later</Message></Error>"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger refusals = new AtomicInteger();

    BusyStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::refuse);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many calls it has answered. */
    int refusals() {
        return refusals.get();
    }

    private void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(503, head ? -1 : SLOW_DOWN.length);
            if (!head) {
                exchange.getResponseBody().write(SLOW_DOWN);
            }
            refusals.incrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
