package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.service.Append;
import io.longhaul.server.core.service.Creation;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import io.longhaul.server.protocol.http.UploadUrls;
import java.io.IOException;
import java.util.OptionalLong;

/** Creates uploads (tus 1.0.0, Creation, Creation With Upload and Concatenation). */
final class CreationHandler {

    private static final String ANYBODY = "";

    private final Uploads uploads;
    private final UploadUrls urls;

    CreationHandler(Uploads uploads, UploadUrls urls) {
        this.uploads = uploads;
        this.urls = urls;
    }

    HttpReply handle(HttpRequest request) throws IOException {
        boolean withUpload = request.body().length().orElse(Long.MAX_VALUE) > 0;
        if (withUpload) {
            ContentTypeHeader.require(request);
        }
        Creation creation = creation(request);
        if (withUpload && creation.concatenation() instanceof Concatenation.Final) {
            throw HttpProblem.badRequest(
                    "final-upload", "a final upload takes no bytes of its own");
        }
        Upload upload =
                withUpload ? uploads.create(creation, first(request)) : uploads.create(creation);
        HttpReply reply = HttpReply.of(201).with("Location", urls.location(upload.id()));
        boolean offset = withUpload || upload.offset() > 0;
        return UploadHeaders.expires(offset ? UploadHeaders.offset(reply, upload) : reply, upload);
    }

    private Creation creation(HttpRequest request) {
        Concatenation concatenation = UploadConcatHeader.of(request, urls);
        OptionalLong length = UploadLengthHeader.of(request);
        checkLength(concatenation, length, UploadDeferLengthHeader.of(request));
        UploadMetadata metadata =
                SingleHeader.of(request, "Upload-Metadata")
                        .map(UploadMetadata::parse)
                        .orElse(UploadMetadata.NONE);
        return new Creation(
                ANYBODY,
                length,
                metadata,
                concatenation,
                IdempotencyKeyHeader.of(request).or(() -> metadata.text("clientid")).orElse(null));
    }

    private static Append first(HttpRequest request) {
        return new Append(
                0,
                OptionalLong.empty(),
                UploadChecksumHeader.of(request),
                IdempotencyKeyHeader.of(request),
                request.body());
    }

    private static void checkLength(
            Concatenation concatenation, OptionalLong length, boolean deferred) {
        if (concatenation instanceof Concatenation.Final) {
            if (length.isPresent() || deferred) {
                throw HttpProblem.badRequest(
                        "length-conflict", "a final upload's length is the sum of its parts");
            }
        } else if (length.isPresent() == deferred) {
            throw HttpProblem.badRequest(
                    deferred ? "length-conflict" : "missing-length",
                    "exactly one of Upload-Length and Upload-Defer-Length is needed");
        }
    }
}
