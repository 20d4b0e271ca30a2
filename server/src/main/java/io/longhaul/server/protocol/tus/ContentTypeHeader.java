package io.longhaul.server.protocol.tus;

import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import java.util.Optional;

/** {@code Content-Type}: bytes of an upload have one of their own (tus 1.0.0, PATCH). */
final class ContentTypeHeader {

    private static final String UPLOAD_BYTES = "application/offset+octet-stream";

    private ContentTypeHeader() {}

    /** Refuses a body of another type with 415, before it is read. */
    static void require(HttpRequest request) {
        Optional<String> type = SingleHeader.of(request, "Content-Type");
        if (type.map(ContentTypeHeader::essence).filter(UPLOAD_BYTES::equalsIgnoreCase).isEmpty()) {
            throw new HttpProblem(
                    HttpReply.problem(
                            415,
                            "unsupported-content-type",
                            "Content-Type must be " + UPLOAD_BYTES));
        }
    }

    private static String essence(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip();
    }
}
