package io.longhaul.server.protocol.tus;

import io.longhaul.server.protocol.http.ByteCount;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code Upload-Length} of a request (tus 1.0.0, Upload-Length). */
final class UploadLengthHeader {

    static final String NAME = "Upload-Length";

    private UploadLengthHeader() {}

    /** The length in bytes; empty when not given; 400 when it is no number. */
    static OptionalLong of(HttpRequest request) {
        Optional<String> value = SingleHeader.of(request, NAME);
        return value.isPresent()
                ? OptionalLong.of(ByteCount.parse(NAME, value.get()))
                : OptionalLong.empty();
    }
}
