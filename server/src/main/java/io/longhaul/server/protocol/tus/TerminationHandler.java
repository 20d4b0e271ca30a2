package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpReply;
import java.io.IOException;

/** Ends an upload, complete or not (tus 1.0.0, Termination). */
final class TerminationHandler {

    private final Uploads uploads;

    TerminationHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    HttpReply handle(UploadId id) throws IOException {
        uploads.terminate(id);
        return HttpReply.of(204);
    }
}
