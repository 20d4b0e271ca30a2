package io.longhaul.client.internal.wire;

import io.longhaul.client.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends requests: with credentials where they belong, following redirects with the same method, and
 * never longer without movement than the stall timeout. Thread-safe.
 */
public final class Transport {

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

    private final HttpClient http;
    private final Map<String, String> headers;
    private final Credentials credentials;
    private final Set<URI> origins;
    private final boolean methodOverride;

    /**
     * @param headers for every request to one of the origins
     * @param origins those that get headers and credentials
     */
    public Transport(
            HttpClient http,
            Map<String, String> headers,
            Credentials credentials,
            Set<URI> origins,
            boolean methodOverride) {
        this.http = http;
        this.headers = headers;
        this.credentials = credentials;
        this.origins = origins;
        this.methodOverride = methodOverride;
    }

    /** Scheme, host and port of a URL, the port also where it is the scheme's own. */
    public static URI origin(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return URI.create(url.getScheme() + "://" + url.getHost() + ":" + port);
    }

    WireAnswer send(WireRequest request, StopSignal stop)
            throws SetbackException, StoppedException {
        boolean overridden =
                methodOverride
                        && (request.method().equals("PATCH") || request.method().equals("DELETE"));
        WireRequest next = overridden ? request.overridden() : request;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            WireAnswer answer = exchange(next, stop);
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            next = next.to(redirect(answer));
        }
        throw new SetbackException(
                Setback.invalid(
                        request.url() + " redirects more than " + MAX_REDIRECTS + " times"));
    }

    private static URI redirect(WireAnswer answer) throws SetbackException {
        String location = answer.header("Location").orElse("");
        return Urls.resolve(answer.url(), location)
                .orElseThrow(
                        () ->
                                new SetbackException(
                                        Setback.invalid(
                                                answer.url()
                                                        + " redirects to "
                                                        + Urls.quoted(location)
                                                        + ", which cannot be followed")));
    }

    private WireAnswer exchange(WireRequest request, StopSignal stop)
            throws SetbackException, StoppedException {
        stop.check();
        var moved = new AtomicLong(System.nanoTime());
        Optional<BodyTransfer> body = request.body().map(RequestBody::begin);
        CompletableFuture<HttpResponse<String>> future =
                http.sendAsync(
                        httpRequest(request, body),
                        info -> new AnswerText(() -> moved.set(System.nanoTime())));
        Runnable cancel = () -> future.cancel(true);
        stop.whenStopped(cancel);
        try {
            HttpResponse<String> response = await(future, request, body, moved);
            return new WireAnswer(
                    response.statusCode(), response.headers(), response.body(), request.url());
        } catch (CancellationException e) {
            throw new StoppedException();
        } finally {
            stop.forget(cancel);
            body.ifPresent(BodyTransfer::cancel);
        }
    }

    private HttpRequest httpRequest(WireRequest request, Optional<BodyTransfer> body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.url());
        if ("http".equals(request.url().getScheme())) {
            // An upgrade to HTTP/2 in the clear is a header that proxies and servers stumble over.
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach(builder::setHeader);
        if (origins.contains(origin(request.url()))) {
            headers.forEach(builder::setHeader);
            credentials
                    .headers(request.url(), request.freshCredentials())
                    .forEach(builder::setHeader);
        }
        return builder.method(
                        request.method(),
                        body.map(BodyTransfer::publisher).orElseGet(BodyPublishers::noBody))
                .build();
    }

    private static HttpResponse<String> await(
            CompletableFuture<HttpResponse<String>> future,
            WireRequest request,
            Optional<BodyTransfer> body,
            AtomicLong moved)
            throws SetbackException, StoppedException {
        while (true) {
            long last =
                    Math.max(moved.get(), body.map(BodyTransfer::lastMoved).orElse(Long.MIN_VALUE));
            long left = last + request.stallTimeout().toNanos() - System.nanoTime();
            if (left <= 0 && !future.isDone()) {
                future.cancel(true);
                throw new SetbackException(stalled(request));
            }
            try {
                return future.get(Math.max(1, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Bytes may have moved meanwhile: look again.
            } catch (ExecutionException e) {
                throw failure(request, body, e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                future.cancel(true);
                Thread.currentThread().interrupt();
                throw new StoppedException();
            }
        }
    }

    private static Setback stalled(WireRequest request) {
        Duration time = request.stallTimeout();
        return Setback.network(
                "no byte moved for " + time.toMillis() + " ms (" + what(request) + ")");
    }

    private static SetbackException failure(
            WireRequest request, Optional<BodyTransfer> body, Throwable cause) {
        Optional<Exception> source = body.flatMap(BodyTransfer::failure);
        if (source.isPresent()) {
            return new SetbackException(
                    Setback.source(String.valueOf(source.get().getMessage())), source.get());
        }
        if (!(cause instanceof IOException)) {
            return new SetbackException(
                    Setback.network("the request failed: " + cause + " (" + what(request) + ")"),
                    cause);
        }
        return new SetbackException(
                Setback.network(reason(cause) + " (" + what(request) + ")"), cause);
    }

    private static String reason(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at.getMessage() != null) {
                return at.getMessage();
            }
        }
        String name = cause.getClass().getSimpleName();
        return name.equals("ConnectException") ? "cannot connect" : name;
    }

    private static String what(WireRequest request) {
        return request.method() + " " + request.url();
    }
}
