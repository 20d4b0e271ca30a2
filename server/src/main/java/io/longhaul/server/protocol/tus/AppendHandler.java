package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Append;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpProblem;
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
        try {
            return append(request, id);
        } catch (HttpProblem e) {
            return expiring(e.reply(), id);
        } catch (UploadException e) {
            return expiring(TusErrors.reply(e), id);
        }
    }

    /** A refusal, too, says when the upload expires (tus 1.0.0, Upload-Expires). */
    private HttpReply expiring(HttpReply refusal, UploadId id) throws IOException {
        return uploads.find(id)
                .map(upload -> UploadHeaders.expires(refusal, upload))
                .orElse(refusal);
    }

    private HttpReply append(HttpRequest request, UploadId id) throws IOException {
        ContentTypeHeader.require(request);
        Upload upload =
                uploads.append(
                        id,
                        new Append(
                                UploadOffsetHeader.of(request),
                                UploadLengthHeader.of(request),
                                UploadChecksumHeader.of(request),
                                IdempotencyKeyHeader.of(request),
                                request.body()));
        return UploadHeaders.expires(UploadHeaders.offset(HttpReply.of(204), upload), upload);
    }
}
