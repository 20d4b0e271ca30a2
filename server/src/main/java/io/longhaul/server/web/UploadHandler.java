package io.longhaul.server.web;

import io.longhaul.server.core.content.StoreUnavailableException;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes all requests for uploads and passes the others on. It stands before the servlet context, so
 * it sees paths, bodies and trailers as they were sent; it blocks, on a virtual thread.
 */
public final class UploadHandler extends Handler.Wrapper {

    private static final Logger log = LoggerFactory.getLogger(UploadHandler.class);

    private static final HttpReply TRANSFER_CODING_UNKNOWN =
            TusProtocol.resumable(
                    HttpReply.problem(
                            501,
                            "unsupported-transfer-coding",
                            "a body can be chunked but not compressed for the transfer"));

    private static final HttpReply CHUNKS_UNKNOWN =
            TusProtocol.resumable(
                    HttpReply.problem(400, "bad-request", "HTTP/1.0 has no Transfer-Encoding"));

    private final TusProtocol tus;
    private final UploadListener listener;
    private final CrossOrigin crossOrigin;
    private final long minimumRate;
    private final UploadDownloads downloads;
    private final ReplyWriter replies = new ReplyWriter();

    /**
     * @param minimumRate bytes per second that a body has to bring; zero for none
     */
    public UploadHandler(
            Uploads uploads,
            TusProtocol tus,
            UploadListener listener,
            CrossOriginSettings crossOrigin,
            long minimumRate) {
        downloads = new UploadDownloads(uploads);
        this.tus = tus;
        this.listener = listener;
        this.crossOrigin = new CrossOrigin(crossOrigin);
        this.minimumRate = minimumRate;
    }

    /** Whatever stands behind it: else Jetty could have a selector's thread wait for a client. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        boolean ours = path != null && UploadUrls.covers(path);
        if (!ours && !isChunkedTooEarly(request)) {
            return HttpMethod.TRACE.is(request.getMethod())
                    ? refuseTrace(response, callback)
                    : super.handle(request, response, callback);
        }
        JettyBody body = new JettyBody(request, new MinimumRate(minimumRate));
        Runnable served = () -> serve(request, response, callback, body);
        if (mayTakeLong(request)) {
            body.prefetch();
            request.getComponents().getExecutor().execute(served);
        } else {
            served.run();
        }
        return true;
    }

    /**
     * Whether one read cannot bring the body. It then gets a thread of its own: thousands of them
     * wait for their clients at once, and half of each one's stack would be Jetty's way up to here.
     */
    private static boolean mayTakeLong(Request request) {
        return request.getLength() > ReadSize.FIRST
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private void serve(Request request, Response response, Callback callback, JettyBody body) {
        try {
            answer(request, response, body);
            callback.succeeded();
        } catch (IOException e) {
            log.debug("{} was not answered: the client has gone", request, e);
            callback.failed(e);
        } catch (RuntimeException | Error e) { // else, on its own thread, nobody would hear of it
            callback.failed(e);
        }
    }

    /** The servlet container would send back what a proxy has added for us alone. */
    private static boolean refuseTrace(Response response, Callback callback) {
        response.setStatus(HttpStatus.METHOD_NOT_ALLOWED_405);
        callback.succeeded();
        return true;
    }

    private void answer(Request request, Response response, JettyBody body) throws IOException {
        try {
            crossOrigin.apply(request, response);
            JettyHttpRequest asked = new JettyHttpRequest(request, body);
            Optional<HttpReply> reply = outcome(asked, request, response, body);
            if (reply.isPresent()) {
                reply.get().problem().ifPresent(problem -> listener.onRefusal(problem.code()));
                replies.write(reply.get(), request, response, body);
            } else {
                ReplyWriter.drain(request, body);
            }
        } finally {
            body.close();
        }
    }

    /** What to reply; empty when a download has been written. */
    private Optional<HttpReply> outcome(
            JettyHttpRequest asked, Request request, Response response, JettyBody body)
            throws IOException {
        if (isChunkedTooEarly(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            return Optional.of(CHUNKS_UNKNOWN);
        }
        if (isEncoded(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            return Optional.of(TRANSFER_CODING_UNKNOWN);
        }
        Optional<UploadId> id = UploadUrls.upload(asked.path());
        if (asked.method().equals("GET") && id.isPresent()) {
            ReplyWriter.announceClose(response, body);
            return downloads.serve(id.get(), request, response);
        }
        return Optional.of(reply(asked));
    }

    /** A proxy may see another end of such a body (RFC 9112, section 6.1). */
    private static boolean isChunkedTooEarly(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Jetty undoes the chunks only: other codings before them would be taken for content. */
    private static boolean isEncoded(Request request) {
        String codings = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
        return codings != null && !codings.equalsIgnoreCase("chunked");
    }

    private HttpReply reply(JettyHttpRequest asked) {
        try {
            return tus.handle(asked);
        } catch (IOException | RuntimeException | Error e) { // memory may be back for the next
            return failed(asked.method(), asked.path(), e);
        }
    }

    /**
     * What a client is told of a failure that is not its own; the log has the rest. When the offset
     * cannot be told, tus-js-client 4 comes back after a 423 and starts from zero after any other
     * error.
     */
    static HttpReply failed(String method, String path, Throwable cause) {
        boolean away = cause instanceof StoreUnavailableException;
        if (away) { // for as long as it lasts every request fails so
            log.warn("{} {} failed: {}", method, path, cause.getMessage());
        } else {
            log.error("{} {} failed", method, path, cause);
        }
        int status = HttpMethod.HEAD.is(method) ? HttpStatus.LOCKED_423 : away ? 503 : 500;
        String what = away ? "the store does not answer" : "the server failed";
        return TusProtocol.resumable(
                HttpReply.problem(
                                status,
                                away ? "store-unavailable" : "internal-error",
                                what + "; nothing accepted is lost")
                        .with("Retry-After", "5"));
    }
}
