package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Append;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.HttpRequest;
import java.io.IOException;

/** Adds bytes to an upload (tus 1.0.0, PATCH). */
final class AppendHandler {

    private final Uploads uploads;

    AppendHandler(Uploads uploads) {
        this.uploads = uploads;
    }

    HttpReply handle(HttpRequest request, UploadId id) throws IOException {
        ContentTypeHeader.require(request);
        Upload upload =
                uploads.append(
                        id,
                        new Append(
                                UploadOffsetHeader.of(request),
                                UploadLengthHeader.of(request),
                                UploadChecksumHeader.of(request),
                                request.body()));
        return UploadHeaders.expires(UploadHeaders.offset(HttpReply.of(204), upload), upload);
    }
}
