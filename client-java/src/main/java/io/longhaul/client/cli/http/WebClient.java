package io.longhaul.client.cli.http;

import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Sends single requests: with headers that identify the client, to the origin that was asked for
 * only, and following redirects. Thread-safe.
 */
public final class WebClient {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 5;

    private final HttpClient http;
    private final Function<URI, Map<String, String>> identity;
    private final Duration timeout;

    /**
     * @param identity headers for a target, credentials among them; asked for every request
     * @param timeout from the sending of a request to the head of its answer
     */
    public WebClient(
            HttpClient http, Function<URI, Map<String, String>> identity, Duration timeout) {
        this.http = http;
        this.identity = identity;
        this.timeout = timeout;
    }

    /** The client below, for what this one cannot do. */
    public HttpClient http() {
        return http;
    }

    /** A request of tus 1.0.0 without a body. */
    public HttpResponse<String> tus(String method, URI url) throws IOException {
        return tus(method, url, Map.of(), BodyPublishers.noBody());
    }

    /** A request of tus 1.0.0. */
    public HttpResponse<String> tus(
            String method, URI url, Map<String, String> headers, BodyPublisher body)
            throws IOException {
        HttpRequest.Builder request = builder(url, url).method(method, body);
        request.setHeader("Tus-Resumable", "1.0.0");
        headers.forEach(request::setHeader);
        return send(request.build(), BodyHandlers.ofString());
    }

    /** GET or HEAD, following redirects; another origin does not get to know who asks. */
    public <T> HttpResponse<T> fetch(
            String method, URI url, Map<String, String> headers, BodyHandler<T> handler)
            throws IOException {
        URI next = url;
        for (int hop = 0; ; hop++) {
            HttpRequest.Builder request =
                    builder(url, next).method(method, BodyPublishers.noBody());
            headers.forEach(request::setHeader);
            HttpResponse<T> response = send(request.build(), handler);
            Optional<String> location = response.headers().firstValue("Location");
            boolean redirected = REDIRECTS.contains(response.statusCode());
            if (!redirected || location.isEmpty() || hop == MAX_REDIRECTS) {
                return response;
            }
            next = redirection(next, location.get());
        }
    }

    /** Sends a request as it is. */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    /** A request with the headers that identify the client. */
    public HttpRequest.Builder request(URI url) {
        return builder(url, url);
    }

    /** Why a request failed, in words. */
    public static String reason(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return "the name of the host is not known";
            }
        }
        if (failure instanceof ConnectException && failure.getMessage() == null) {
            return "cannot connect";
        }
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    /** Scheme, host and port, the port also where it is the scheme's own. */
    public static String origin(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(scheme) ? 443 : 80;
        return scheme + "://" + host + ":" + port;
    }

    private HttpRequest.Builder builder(URI asked, URI target) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target).timeout(timeout);
        if ("http".equals(target.getScheme())) {
            // An upgrade to HTTP/2 in the clear is a header that proxies stumble over.
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        if (origin(asked).equals(origin(target))) {
            identity.apply(target).forEach(builder::setHeader);
        }
        return builder;
    }

    private static URI redirection(URI base, String location) throws IOException {
        try {
            URI target = base.resolve(location);
            boolean downgrade =
                    "https".equals(base.getScheme()) && !"https".equals(target.getScheme());
            if (target.getHost() != null && !downgrade) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IOException("a redirect from " + base + " that cannot be followed");
    }
}
