package io.longhaul.server.web;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the HTTP parser refuses with one line: no page, no internals. */
final class PlainErrorHandler implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String line = line(request, response);
        response.getHeaders().put("Tus-Resumable", "1.0.0");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        // As every answer to HEAD must, and no cache has a use for the others (tus 1.0.0, HEAD).
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders()
                .put(HttpHeader.CONTENT_LENGTH, line.getBytes(StandardCharsets.UTF_8).length);
        Content.Sink.write(response, true, line, callback);
        return true;
    }

    private static String line(Request request, Response response) {
        if (response.getStatus() == HttpStatus.BAD_REQUEST_400 && namesNothing(request)) {
            response.setStatus(HttpStatus.NOT_FOUND_404);
            return "upload-not-found: there is no such upload%n".formatted();
        }
        return "bad-request: %s%n".formatted(HttpStatus.getMessage(response.getStatus()));
    }

    /** A path that cannot be decoded, such as one with a NUL, names no upload, as any odd path. */
    private static boolean namesNothing(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable refusal
                && refusal.getCause() instanceof IllegalArgumentException;
    }
}
