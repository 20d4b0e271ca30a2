package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.protocol.http.HttpDate;
import io.longhaul.server.protocol.http.HttpReply;
import java.util.Optional;

/** The headers that tell of an upload, as far as several replies have them. */
final class UploadHeaders {

    private UploadHeaders() {}

    static HttpReply offset(HttpReply reply, Upload upload) {
        return reply.with("Upload-Offset", Long.toString(upload.offset()));
    }

    /** Only while the upload is going to expire (tus 1.0.0, Upload-Expires). */
    static HttpReply expires(HttpReply reply, Upload upload) {
        return reply.with(
                "Upload-Expires",
                Optional.ofNullable(upload.expiresAt())
                        .filter(_ -> upload.state() == UploadState.RECEIVING)
                        .map(HttpDate::format));
    }
}
