package io.longhaul.server.protocol.tus;

import io.longhaul.server.protocol.http.ByteCount;
import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;

/** {@code Upload-Offset} of a request (tus 1.0.0, Upload-Offset). */
final class UploadOffsetHeader {

    static final String NAME = "Upload-Offset";

    private UploadOffsetHeader() {}

    /** The offset in bytes; 400 when there is none or it is no number. */
    static long of(HttpRequest request) {
        return SingleHeader.of(request, NAME)
                .map(value -> ByteCount.parse(NAME, value))
                .orElseThrow(
                        () ->
                                HttpProblem.badRequest(
                                        "missing-offset", "Upload-Offset is needed for an append"));
    }
}
