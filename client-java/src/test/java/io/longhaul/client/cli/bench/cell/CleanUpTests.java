package io.longhaul.client.cli.bench.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longhaul.client.cli.bench.tus.Endpoint;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Payload;
import io.longhaul.client.cli.bench.wire.Watchdog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanUpTests {

    private static final int UPLOADS = 100;
    private static final long MILLIS_FOR_EACH = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Creates at once, and takes its time to delete. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Location", "/files/1");
                exchange.sendResponseHeaders(201, -1);
            } else {
                boolean over = stopped.await(MILLIS_FOR_EACH, TimeUnit.MILLISECONDS);
                exchange.sendResponseHeaders(over ? 503 : 204, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int leftBehindIn(Duration limit) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:%d/files".formatted(server.getAddress().getPort()));
        try (Watchdog watchdog = Watchdog.start(Duration.ofSeconds(20))) {
            Site site = new Site(Endpoint.of(url, List.of()), watchdog, new Payload(), () -> false);
            HttpConnection connection = site.connection();
            for (int i = 0; i < UPLOADS; i++) {
                site.create(connection, 1);
            }
            site.closeConnections();
            return CleanUp.of(site, limit);
        }
    }

    @Test
    void leavesUploadsBehindWhenTheServerNeedsTooLongForThem() throws Exception {
        assertThat(leftBehindIn(Duration.ofMillis(2 * MILLIS_FOR_EACH))).isBetween(1, UPLOADS - 1);
    }

    @Test
    void deletesAllInTime() throws Exception {
        assertThat(leftBehindIn(Duration.ofMinutes(1))).isZero();
    }
}
