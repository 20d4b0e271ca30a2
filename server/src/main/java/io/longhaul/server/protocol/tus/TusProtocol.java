package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import io.longhaul.server.protocol.http.UploadUrls;
import java.io.IOException;
import java.util.Optional;

/** Answers tus requests (tus 1.0.0). Thread-safe. */
public final class TusProtocol {

    private static final String VERSION = "1.0.0";
    private static final String COLLECTION_METHODS = "OPTIONS, POST";
    private static final String UPLOAD_METHODS = "OPTIONS, HEAD, PATCH, DELETE, GET";

    private final OptionsHandler options;
    private final CreationHandler creation;
    private final HeadHandler head;
    private final AppendHandler append;
    private final TerminationHandler termination;

    public TusProtocol(Uploads uploads, UploadUrls urls) {
        options = new OptionsHandler(uploads.limits());
        creation = new CreationHandler(uploads, urls);
        head = new HeadHandler(uploads);
        append = new AppendHandler(uploads);
        termination = new TerminationHandler(uploads);
    }

    /**
     * Does what a request asks.
     *
     * @param request for the collection or an upload below it
     * @return the reply, also for everything that a client can have done wrong
     * @throws IOException when a store failed
     */
    public HttpReply handle(HttpRequest request) throws IOException {
        HttpReply reply = resumable(attempt(request));
        return request.method().equals("HEAD") ? reply.with("Cache-Control", "no-store") : reply;
    }

    private HttpReply attempt(HttpRequest request) throws IOException {
        try {
            return dispatch(request);
        } catch (HttpProblem e) {
            return e.reply();
        } catch (UploadException e) {
            return TusErrors.reply(e);
        }
    }

    /** Every reply names the protocol's version (tus 1.0.0, Tus-Resumable). */
    public static HttpReply resumable(HttpReply reply) {
        return reply.with("Tus-Resumable", VERSION);
    }

    /** The reply to a request that the domain refuses. */
    public static HttpReply refusal(UploadException error) {
        return resumable(TusErrors.reply(error));
    }

    private HttpReply dispatch(HttpRequest request) throws IOException {
        if (request.method().equals("OPTIONS")) {
            return options.handle();
        }
        if (!request.method().equals("GET")) { // a browser's download names no version
            checkVersion(request);
        }
        return UploadUrls.isCollection(request.path())
                ? onCollection(request)
                : onUpload(
                        request,
                        UploadUrls.upload(request.path()).orElseThrow(HttpProblem::notFound));
    }

    private HttpReply onCollection(HttpRequest request) throws IOException {
        if (!request.method().equals("POST")) {
            throw HttpProblem.methodNotAllowed(request.method(), COLLECTION_METHODS);
        }
        return creation.handle(request);
    }

    private HttpReply onUpload(HttpRequest request, UploadId id) throws IOException {
        return switch (request.method()) {
            case "HEAD" -> head.handle(id);
            case "PATCH" -> append.handle(request, id);
            case "DELETE" -> termination.handle(id);
            default -> throw HttpProblem.methodNotAllowed(request.method(), UPLOAD_METHODS);
        };
    }

    private static void checkVersion(HttpRequest request) {
        Optional<String> version = SingleHeader.of(request, "Tus-Resumable");
        if (version.filter(VERSION::equals).isEmpty()) {
            throw new HttpProblem(
                    HttpReply.problem(
                                    412, "unsupported-version", "Tus-Resumable must be " + VERSION)
                            .with("Tus-Version", VERSION));
        }
    }
}
