package io.longhaul.server.web;

import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
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

    private final Uploads uploads;
    private final TusProtocol tus;
    private final UploadListener listener;
    private final CrossOrigin crossOrigin;
    private final long minimumRate;
    private final Download download = new Download();
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
        this.uploads = uploads;
        this.tus = tus;
        this.listener = listener;
        this.crossOrigin = new CrossOrigin(crossOrigin);
        this.minimumRate = minimumRate;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path == null || !UploadUrls.covers(path)) {
            return super.handle(request, response, callback);
        }
        JettyBody body = new JettyBody(request, new MinimumRate(minimumRate));
        try {
            crossOrigin.apply(request, response);
            answer(new JettyHttpRequest(request, body), request, response, body);
            callback.succeeded();
        } catch (IOException e) {
            log.debug("{} {} was not answered: the client has gone", request.getMethod(), path, e);
            callback.failed(e);
        } finally {
            body.giveBack();
        }
        return true;
    }

    private void answer(JettyHttpRequest asked, Request request, Response response, JettyBody body)
            throws IOException {
        Optional<HttpReply> reply = outcome(asked, request, response);
        if (reply.isPresent()) {
            reply.get().problem().ifPresent(problem -> listener.onRefusal(problem.code()));
            replies.write(reply.get(), request, response, body);
        }
    }

    /** What to reply; empty when a download has been written. */
    private Optional<HttpReply> outcome(JettyHttpRequest asked, Request request, Response response)
            throws IOException {
        if (isEncoded(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            return Optional.of(TRANSFER_CODING_UNKNOWN);
        }
        Optional<UploadId> id = UploadUrls.upload(asked.path());
        return asked.method().equals("GET") && id.isPresent()
                ? download(id.get(), request, response)
                : Optional.of(reply(asked));
    }

    /** Jetty undoes the chunks only: other codings before them would be taken for content. */
    private static boolean isEncoded(Request request) {
        String codings = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
        return codings != null && !codings.equalsIgnoreCase("chunked");
    }

    private HttpReply reply(JettyHttpRequest asked) {
        try {
            return tus.handle(asked);
        } catch (IOException | RuntimeException e) {
            return failed(asked.method(), asked.path(), e);
        }
    }

    /** Writes the content; a reply when that cannot be done. */
    private Optional<HttpReply> download(UploadId id, Request request, Response response)
            throws IOException {
        Upload upload;
        try {
            upload = uploads.complete(id);
        } catch (UploadException e) {
            return Optional.of(TusProtocol.refusal(e));
        } catch (IOException | RuntimeException e) {
            return Optional.of(failed(request.getMethod(), id.value(), e));
        }
        TusProtocol.resumable(HttpReply.of(200))
                .headers()
                .forEach(header -> response.getHeaders().put(header.name(), header.value()));
        try {
            download.serve(request, response, new UploadedContent(uploads, upload));
        } catch (UploadException e) { // the answer has begun: only breaking it off tells the truth
            throw new IOException("the content of %s is gone".formatted(id), e);
        }
        return Optional.empty();
    }

    private static HttpReply failed(String method, String path, Exception cause) {
        log.error("{} {} failed", method, path, cause);
        return TusProtocol.resumable(
                HttpReply.problem(
                        500, "internal-error", "the server failed; nothing accepted is lost"));
    }

    /** An upload as a download. */
    private record UploadedContent(Uploads uploads, Upload upload) implements DownloadedContent {

        @Override
        public UploadId id() {
            return upload.id();
        }

        @Override
        public long length() {
            return upload.offset();
        }

        @Override
        public Instant lastModified() {
            return upload.updatedAt();
        }

        @Override
        public UploadMetadata metadata() {
            return upload.metadata();
        }

        @Override
        public void read(long position, long count, ContentSink sink) throws IOException {
            uploads.read(upload, position, count, sink);
        }
    }
}
