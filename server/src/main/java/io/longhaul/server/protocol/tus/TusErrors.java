package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.protocol.http.HttpReply;
import java.time.Duration;

/** What each error of the domain is in tus: its status and the headers that go with it. */
final class TusErrors {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private TusErrors() {}

    static HttpReply reply(UploadException error) {
        HttpReply reply =
                HttpReply.problem(status(error), error.code(), String.valueOf(error.getMessage()));
        return switch (error) {
            case UploadException.OffsetMismatch mismatch ->
                    reply.with("Upload-Offset", Long.toString(mismatch.actual()));
            case UploadException.Held held -> retryAfter(reply, held.retryAfter());
            case UploadException.TakenOver _ -> retryAfter(reply, SOON);
            case UploadException.Stopping _, UploadException.StorageFull _ ->
                    retryAfter(reply, LATER);
            case UploadException _ -> reply;
        };
    }

    private static int status(UploadException error) {
        return switch (error) {
            case UploadException.NotFound _ -> 404;
            case UploadException.Gone _ -> 410;
            case UploadException.OffsetMismatch _, UploadException.Incomplete _ -> 409;
            case UploadException.LengthExceeded _, UploadException.TooLarge _ -> 413;
            case UploadException.LengthConflict _,
                    UploadException.InvalidMetadata _,
                    UploadException.InvalidPartial _,
                    UploadException.Cut _ ->
                    400;
            case UploadException.DigestMismatch _ -> 460;
            case UploadException.Held _, UploadException.TakenOver _ -> 423;
            case UploadException.Repeated _ -> HttpReply.HANG_UP;
            case UploadException.FinalNotWritable _ -> 403;
            case UploadException.Stopping _ -> 503;
            case UploadException.StorageFull _ -> 507;
        };
    }

    private static HttpReply retryAfter(HttpReply reply, Duration wait) {
        return reply.with("Retry-After", Long.toString(wait.toSeconds()));
    }
}
