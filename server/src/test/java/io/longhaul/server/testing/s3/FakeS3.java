package io.longhaul.server.testing.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An S3-compatible store in memory over HTTP, stricter than some real ones: what is written is seen
 * at once and as a whole, and of those who write under a condition exactly one wins. A test decides
 * what goes wrong, and sees what was called. It takes any credentials. Thread-safe.
 */
public final class FakeS3 implements AutoCloseable {

    public static final String BUCKET = "uploads";

    /** How many connections may wait to be accepted. */
    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeStore store;

    private FakeS3(S3Rules rules) throws IOException {
        store = new FakeStore(rules);
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Starts one with an empty bucket. */
    public static FakeS3 start(S3Rules rules) throws IOException {
        FakeS3 fake = new FakeS3(rules);
        fake.server.start();
        return fake;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the server calls it by, for keys below a prefix. */
    public S3Bucket bucket(String prefix) {
        return new S3Bucket(address(prefix, "id"));
    }

    /**
     * The same without a network between, for many calls in little time.
     *
     * @param caller as {@link S3Call} names it
     */
    public S3Bucket direct(String caller) {
        return new S3Bucket(address("", caller), new DirectHttp(store));
    }

    private S3Address address(String prefix, String caller) {
        return new S3Address(endpoint(), "us-east-1", BUCKET, prefix, true, caller, "secret");
    }

    /** The settings of a server that keeps uploads here. */
    public List<String> settings() {
        return List.of(
                "longhaul.content=s3",
                "longhaul.s3.endpoint=" + endpoint(),
                "longhaul.s3.bucket=" + BUCKET,
                "longhaul.s3.access-key=id",
                "longhaul.s3.secret-key=hidden");
    }

    /** What goes wrong from now on; asked once for each call. */
    public void faults(Function<S3Call, S3Fault> decision) {
        store.faults(decision);
    }

    /** How often each call came since the last time, whatever became of it. */
    public Map<S3Operation, Integer> takeCounts() {
        return store.takeCounts();
    }

    /** The keys of all objects, in order. */
    public List<String> keys() {
        return store.keys();
    }

    /** How many multipart uploads are under way. */
    public int multiparts() {
        return store.multiparts();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(
                    exchange,
                    store.answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders()::getFirst,
                            exchange.getRequestBody()));
        }
    }

    /** Writes what is sent of it; then the connection breaks, if that was not all. */
    private static void send(HttpExchange exchange, S3Answer answer) throws IOException {
        exchange.getRequestBody().readAllBytes();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodyless = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : answer.body().length);
        if (!bodyless) {
            exchange.getResponseBody().write(answer.body(), 0, answer.sent());
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
