package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.protocol.http.HttpReply;
import java.io.IOException;
import java.util.Optional;

/** Tells how far an upload is (tus 1.0.0, HEAD). */
final class HeadHandler {

    private final Uploads uploads;

    HeadHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    HttpReply handle(UploadId id) throws IOException {
        return describe(uploads.head(id));
    }

    private static HttpReply describe(Upload upload) {
        HttpReply reply = length(offset(HttpReply.of(200), upload), upload);
        if (!upload.metadata().isEmpty()) {
            reply = reply.with("Upload-Metadata", upload.metadata().encoded());
        }
        return UploadHeaders.expires(reply.with("Upload-Concat", concat(upload)), upload);
    }

    /** A final upload has no offset before it is complete (tus 1.0.0, Concatenation). */
    private static HttpReply offset(HttpReply reply, Upload upload) {
        return upload.concatenation() instanceof Concatenation.Final
                        && upload.state() == UploadState.RECEIVING
                ? reply
                : UploadHeaders.offset(reply, upload);
    }

    private static HttpReply length(HttpReply reply, Upload upload) {
        if (upload.length() != null) {
            return reply.with("Upload-Length", upload.length().toString());
        }
        return upload.concatenation() instanceof Concatenation.Final
                ? reply
                : reply.with("Upload-Defer-Length", "1");
    }

    private static Optional<String> concat(Upload upload) {
        return switch (upload.concatenation()) {
            case Concatenation.None() -> Optional.empty();
            case Concatenation.Partial _ -> Optional.of("partial");
            case Concatenation.Final(var _, String received) -> Optional.of(received);
        };
    }
}
