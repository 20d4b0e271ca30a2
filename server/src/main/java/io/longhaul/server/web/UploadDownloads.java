package io.longhaul.server.web;

import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Answers GET with the content of complete uploads, or a link to it. Thread-safe. */
final class UploadDownloads {

    private final Uploads uploads;
    private final Download download = new Download();

    UploadDownloads(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * Writes the content.
     *
     * @return what to reply instead, when nothing was written because it is elsewhere or cannot be
     *     had
     * @throws IOException when the answer broke off: only breaking off the connection tells so
     */
    Optional<HttpReply> serve(UploadId id, Request request, Response response) throws IOException {
        HttpFields before = response.getHeaders().asImmutable();
        try {
            Upload upload = uploads.complete(id);
            Optional<HttpReply> elsewhere = elsewhere(upload);
            if (elsewhere.isPresent()) {
                return elsewhere;
            }
            TusProtocol.resumable(HttpReply.of(200))
                    .headers()
                    .forEach(header -> response.getHeaders().put(header.name(), header.value()));
            download.serve(request, response, new UploadedContent(uploads, upload));
            return Optional.empty();
        } catch (ClientGoneException e) {
            throw e;
        } catch (UploadException e) {
            return instead(TusProtocol.refusal(e), before, response, e);
        } catch (IOException | RuntimeException | Error e) {
            HttpReply reply = UploadHandler.failed(request.getMethod(), id.value(), e);
            return instead(reply, before, response, e);
        }
    }

    /**
     * Sends the client to the store itself, where that serves downloads. Conditions and ranges are
     * the store's then: it knows its own validators only.
     */
    private Optional<HttpReply> elsewhere(Upload upload) throws IOException {
        ServedType type = ServedType.of(upload.metadata());
        return uploads.link(upload, type.value(), type.disposition(upload.metadata()))
                .map(
                        link ->
                                TusProtocol.resumable(
                                        HttpReply.of(307)
                                                .with("Location", link.toString())
                                                .with("Cache-Control", "no-store")));
    }

    private static Optional<HttpReply> instead(
            HttpReply reply, HttpFields before, Response response, Throwable cause)
            throws IOException {
        if (response.isCommitted()) {
            throw new IOException("the answer broke off", cause);
        }
        response.getHeaders().clear().add(before);
        return Optional.of(reply);
    }

    /** An upload as a download. */
    private record UploadedContent(Uploads uploads, Upload upload) implements DownloadedContent {

        @Override
        public UploadId id() {
            return upload.id();
        }

        @Override
        public long length() {
            return upload.offset();
        }

        @Override
        public Instant lastModified() {
            return upload.updatedAt();
        }

        @Override
        public UploadMetadata metadata() {
            return upload.metadata();
        }

        @Override
        public void read(long position, long count, ContentSink sink) throws IOException {
            uploads.read(upload, position, count, sink);
        }
    }
}
