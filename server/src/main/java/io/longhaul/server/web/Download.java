package io.longhaul.server.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Answers GET and HEAD with the content of a complete upload: whole, in ranges, or not at all when
 * the client has it already (RFC 9110, sections 13 and 14). Thread-safe.
 */
final class Download {

    private static final HttpField ACCEPT_RANGES =
            new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes");

    /**
     * Writes headers and body, and blocks until the client took them. The caller completes the
     * callback, and fails it when this throws.
     *
     * @throws ClientGoneException when the client does not take the answer: no fault of the server
     * @throws IOException when the content can't be read; the answer may have begun
     */
    void serve(Request request, Response response, DownloadedContent content) throws IOException {
        Preconditions preconditions = Preconditions.of(content);
        preconditions.addValidators(response.getHeaders());
        switch (preconditions.judge(request.getHeaders())) {
            case FAILED -> answerEmpty(response, HttpStatus.PRECONDITION_FAILED_412);
            case NOT_MODIFIED -> answerNotModified(response, content);
            case MET -> send(request, response, content, preconditions);
        }
    }

    private static void send(
            Request request, Response response, DownloadedContent content, Preconditions conditions)
            throws IOException {
        response.getHeaders().put(ACCEPT_RANGES);
        Optional<List<ByteRange>> ranges = requestedRanges(request, content, conditions);
        if (ranges.isEmpty()) {
            sendWhole(request, response, content);
        } else if (ranges.get().isEmpty()) {
            response.getHeaders()
                    .put(HttpHeader.CONTENT_RANGE, "bytes */%d".formatted(content.length()));
            answerEmpty(response, HttpStatus.RANGE_NOT_SATISFIABLE_416);
        } else {
            response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
            sendRanges(response, content, ranges.get());
        }
    }

    /** Ranges are defined for GET only, and only while If-Range holds. */
    private static Optional<List<ByteRange>> requestedRanges(
            Request request, DownloadedContent content, Preconditions conditions) {
        HttpFields asked = request.getHeaders();
        return HttpMethod.GET.is(request.getMethod()) && conditions.allowRanges(asked)
                ? ByteRange.requested(asked, content.length())
                : Optional.empty();
    }

    private static void sendWhole(Request request, Response response, DownloadedContent content)
            throws IOException {
        response.setStatus(HttpStatus.OK_200);
        ServedType type = describe(response.getHeaders(), content);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type.value());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length());
        if (content.length() > 0 && !HttpMethod.HEAD.is(request.getMethod())) {
            sendBody(response, content, new ByteRange(0, content.length() - 1));
        }
    }

    private static void sendRanges(
            Response response, DownloadedContent content, List<ByteRange> ranges)
            throws IOException {
        HttpFields.Mutable headers = response.getHeaders();
        ServedType type = describe(headers, content);
        if (ranges.size() > 1) {
            new MultipartRanges(type.value(), ranges, content).send(response);
            return;
        }
        ByteRange range = ranges.getFirst();
        headers.put(HttpHeader.CONTENT_TYPE, type.value());
        headers.put(HttpHeader.CONTENT_RANGE, range.contentRange(content.length()));
        headers.put(HttpHeader.CONTENT_LENGTH, range.length());
        sendBody(response, content, range);
    }

    private static void sendBody(Response response, DownloadedContent content, ByteRange range)
            throws IOException {
        ResponseSink sink = new ResponseSink(response, range.length());
        content.read(range.first(), range.length(), sink);
        sink.finish();
    }

    private static ServedType describe(HttpFields.Mutable headers, DownloadedContent content) {
        ServedType type = ServedType.of(content.metadata());
        type.addProtection(headers);
        headers.put(HttpHeader.CONTENT_DISPOSITION, type.disposition(content.metadata()));
        return type;
    }

    /** Names the length of a 200 (RFC 9110, section 8.6), as Jetty would name a wrong one: 0. */
    private static void answerNotModified(Response response, DownloadedContent content) {
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length());
    }

    private static void answerEmpty(Response response, int status) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    }
}
