package io.longhaul.server.web;

import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Request;

/** One request to a Jetty on loopback, whose body is looked at where it is served. */
final class BodyServer {

    private BodyServer() {}

    /** Runs where the request is served; the body is closed after it. */
    @FunctionalInterface
    interface Look<T> {
        T at(Request request, JettyBody body) throws IOException;
    }

    /** Sends the body, or some of it. */
    @FunctionalInterface
    interface Sending {
        void to(RawConnection connection) throws Exception;
    }

    /**
     * What is seen of a body while its client is there.
     *
     * @param length that the request tells
     * @param limit how long the look may take
     */
    static <T> T seen(
            ByteBufferPool pool, int length, Sending sending, Look<T> look, Duration limit)
            throws Exception {
        CompletableFuture<T> seen = new CompletableFuture<>();
        HandlerServer.Answer answer =
                (request, _) -> {
                    JettyBody body = new JettyBody(request, new MinimumRate(0));
                    try {
                        seen.complete(look.at(request, body));
                    } catch (IOException | RuntimeException | AssertionError e) {
                        seen.completeExceptionally(e);
                    } finally {
                        body.close();
                    }
                };
        try (HandlerServer server = HandlerServer.pooled(answer, pool);
                RawConnection connection = server.connect()) {
            connection.request("PUT / HTTP/1.1\nHost: localhost\nContent-Length: " + length);
            sending.to(connection);
            return seen.get(limit.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
