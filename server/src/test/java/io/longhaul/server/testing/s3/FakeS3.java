package io.longhaul.server.testing.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
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
    private final FakeBucket bucket;
    private final ObjectCalls objects;
    private final MultipartCalls multiparts;
    private final Map<S3Operation, Integer> counts = new EnumMap<>(S3Operation.class);
    private volatile Function<S3Call, S3Fault> faults = _ -> S3Fault.NONE;

    private FakeS3(S3Rules rules) throws IOException {
        bucket = new FakeBucket(rules);
        objects = new ObjectCalls(bucket, rules);
        multiparts = new MultipartCalls(bucket, rules);
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
        return new S3Bucket(
                new S3Address(endpoint(), "us-east-1", BUCKET, prefix, true, "id", "secret"));
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
        faults = decision;
    }

    /** How often each call came since the last time, whatever became of it. */
    public Map<S3Operation, Integer> takeCounts() {
        synchronized (counts) {
            Map<S3Operation, Integer> taken = Map.copyOf(counts);
            counts.clear();
            return taken;
        }
    }

    /** The keys of all objects, in order. */
    public List<String> keys() {
        return List.copyOf(bucket.list("", "", Integer.MAX_VALUE).keySet());
    }

    /** How many multipart uploads are under way. */
    public int multiparts() {
        return bucket.multiparts().size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            S3Request request = S3Request.of(exchange);
            count(request.call());
            handle(request);
        } catch (S3Failure e) {
            send(exchange, S3Answer.of(e));
        }
    }

    private void count(S3Call call) {
        synchronized (counts) {
            counts.merge(call.operation(), 1, Integer::sum);
        }
    }

    private void handle(S3Request request) throws IOException {
        HttpExchange exchange = request.exchange();
        switch (faults.apply(request.call())) {
            case S3Fault.None _ -> send(exchange, answer(request));
            case S3Fault.Late late -> {
                pause(late.time());
                send(exchange, answer(request));
            }
            case S3Fault.Refused refused -> {
                exchange.getRequestBody().readAllBytes();
                send(
                        exchange,
                        S3Answer.of(new S3Failure(refused.status(), refused.code(), "a fault")));
            }
            case S3Fault.AnswerLost _ -> answer(request); // and the connection is closed
            case S3Fault.RequestLost _ -> exchange.getRequestBody().read();
            case S3Fault.AnswerCut _ -> cut(exchange, answer(request));
        }
    }

    private static void pause(Duration wait) throws IOException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private S3Answer answer(S3Request request) {
        try {
            if (!request.call().bucket().equals(BUCKET)) {
                throw new S3Failure(404, "NoSuchBucket", request.call().bucket());
            }
            return done(request);
        } catch (S3Failure e) {
            return S3Answer.of(e);
        }
    }

    private S3Answer done(S3Request request) throws S3Failure {
        return switch (request.call().operation()) {
            case PUT_OBJECT -> objects.put(request);
            case GET_OBJECT -> objects.get(request);
            case HEAD_OBJECT -> objects.head(request);
            case DELETE_OBJECT -> objects.delete(request);
            case DELETE_OBJECTS -> objects.deleteMany(request);
            case LIST_OBJECTS -> objects.list(request);
            case CREATE_MULTIPART_UPLOAD -> multiparts.create(request);
            case UPLOAD_PART -> multiparts.uploadPart(request);
            case UPLOAD_PART_COPY -> multiparts.copyPart(request);
            case COMPLETE_MULTIPART_UPLOAD -> multiparts.complete(request);
            case ABORT_MULTIPART_UPLOAD -> multiparts.abort(request);
            case LIST_PARTS -> multiparts.listParts(request);
            case LIST_MULTIPART_UPLOADS -> multiparts.list(request);
            case GET_LIFECYCLE -> lifecycle();
            case PUT_LIFECYCLE -> {
                bucket.lifecycle(new String(request.body(), StandardCharsets.UTF_8));
                yield S3Answer.empty(200);
            }
        };
    }

    private S3Answer lifecycle() throws S3Failure {
        return S3Answer.xml(
                200,
                bucket.lifecycle()
                        .orElseThrow(
                                () -> new S3Failure(404, "NoSuchLifecycleConfiguration", BUCKET)));
    }

    private static void send(HttpExchange exchange, S3Answer answer) throws IOException {
        exchange.getRequestBody().readAllBytes();
        begin(exchange, answer);
        if (answer.body().length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static void begin(HttpExchange exchange, S3Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodyless = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : answer.body().length);
    }

    private static void cut(HttpExchange exchange, S3Answer answer) throws IOException {
        if (answer.body().length == 0) {
            return;
        }
        begin(exchange, answer);
        OutputStream body = exchange.getResponseBody();
        body.write(answer.body(), 0, answer.body().length / 2);
        body.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
