package io.longhaul.client.it;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A reverse proxy with the usual faults: it gathers bodies before it passes them on, refuses large
 * ones, and changes Locations.
 */
final class BadProxy implements AutoCloseable {

    /** Those of a connection, which are no business of the other one. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade");

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer listener;
    private final URI target;
    private final long maxBody;
    private final UnaryOperator<String> locations;

    private BadProxy(
            HttpServer listener, URI target, long maxBody, UnaryOperator<String> locations) {
        this.listener = listener;
        this.target = target;
        this.maxBody = maxBody;
        this.locations = locations;
    }

    /**
     * Starts one.
     *
     * @param maxBody bytes beyond which a body is refused by 413
     * @param locations what becomes of a Location
     */
    static BadProxy to(URI target, long maxBody, UnaryOperator<String> locations)
            throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var proxy = new BadProxy(HttpServer.create(address, 0), target, maxBody, locations);
        proxy.listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.listener.createContext("/", proxy::forward);
        proxy.listener.start();
        return proxy;
    }

    URI uploads() {
        return URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/files");
    }

    @Override
    public void close() {
        listener.stop(0);
        client.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (body.length > maxBody) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            answer(exchange, client.send(request(exchange, body), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        var request =
                HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .method(
                                exchange.getRequestMethod(),
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().entrySet().stream()
                .filter(header -> !isOwn(header.getKey()))
                .forEach(header -> request.header(header.getKey(), header.getValue().get(0)));
        return request.build();
    }

    private void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers().map().entrySet().stream()
                .filter(header -> !isOwn(header.getKey()))
                .forEach(header -> headers.put(header.getKey(), header.getValue()));
        response.headers()
                .firstValue("Location")
                .ifPresent(location -> headers.set("Location", locations.apply(location)));
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isOwn(String header) {
        return OWN.contains(header.toLowerCase(java.util.Locale.ROOT));
    }
}
