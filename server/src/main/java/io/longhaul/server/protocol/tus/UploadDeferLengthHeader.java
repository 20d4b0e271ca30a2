package io.longhaul.server.protocol.tus;

import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import java.util.Optional;

/** {@code Upload-Defer-Length} of a request (tus 1.0.0, Upload-Defer-Length). */
final class UploadDeferLengthHeader {

    private UploadDeferLengthHeader() {}

    /** Whether the length comes later; 400 for any other value than 1. */
    static boolean of(HttpRequest request) {
        Optional<String> value = SingleHeader.of(request, "Upload-Defer-Length");
        if (value.isPresent() && !value.get().equals("1")) {
            throw HttpProblem.badRequest(
                    "invalid-defer-length", "Upload-Defer-Length can only be 1");
        }
        return value.isPresent();
    }
}
