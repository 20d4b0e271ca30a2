package io.longhaul.server.web;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what the HTTP parser refuses with one line: no page, no internals. */
final class PlainErrorHandler implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        byte[] line =
                "bad-request: %s%n"
                        .formatted(HttpStatus.getMessage(status))
                        .getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put("Tus-Resumable", "1.0.0");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, line.length);
        Content.Sink.write(response, true, new String(line, StandardCharsets.UTF_8), callback);
        return true;
    }
}
