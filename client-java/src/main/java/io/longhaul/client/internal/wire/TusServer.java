package io.longhaul.client.internal.wire;

import io.longhaul.client.internal.wire.Setback.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The requests of tus 1.0.0, as one upload makes them: remembers whether its credentials were
 * refused, and for how long it waits. For one thread at a time.
 */
public final class TusServer {

    private final Transport transport;
    private final URI endpoint;
    private final StopSignal stop;
    private boolean credentialsRefused;
    private Duration stallTimeout;

    public TusServer(Transport transport, URI endpoint, StopSignal stop, Duration stallTimeout) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.stop = stop;
        this.stallTimeout = stallTimeout;
    }

    public Duration stallTimeout() {
        return stallTimeout;
    }

    public void stallTimeout(Duration timeout) {
        stallTimeout = timeout;
    }

    /** What the server offers; nothing when it does not know OPTIONS. */
    public ServerOptions options() throws SetbackException, StoppedException {
        WireAnswer answer = send("OPTIONS", endpoint, Map.of(), Optional.empty());
        return answer.successful() ? ServerOptions.of(answer) : ServerOptions.UNKNOWN;
    }

    /** Creates an upload (tus 1.0.0, POST). */
    public Position create(Creation creation) throws SetbackException, StoppedException {
        WireAnswer answer =
                successful(send("POST", endpoint, creationHeaders(creation), Optional.empty()));
        String location = answer.header("Location").orElse("");
        URI url =
                Urls.resolve(answer.url(), location)
                        .orElseThrow(() -> invalid(unusable(answer, location)));
        return new Position(
                url,
                Headers.number(answer, "Upload-Offset").orElse(0),
                creation.length(),
                answer.header("Upload-Expires"));
    }

    /** Asks where an upload is (tus 1.0.0, HEAD). */
    public Position head(URI url) throws SetbackException, StoppedException {
        WireAnswer answer = send("HEAD", url, Map.of(), Optional.empty());
        if (answer.status() == 404 || answer.status() == 410) {
            throw new SetbackException(StatusSetback.gone(answer, "HEAD"));
        }
        successful(answer);
        return new Position(
                answer.url(),
                offset(answer),
                Headers.number(answer, "Upload-Length"),
                answer.header("Upload-Expires"));
    }

    /** Adds bytes and tells the new offset (tus 1.0.0, PATCH). */
    public Position append(Append append) throws SetbackException, StoppedException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/offset+octet-stream");
        headers.put("Upload-Offset", Long.toString(append.offset()));
        append.declaredLength().ifPresent(n -> headers.put("Upload-Length", Long.toString(n)));
        append.checksum().ifPresent(value -> headers.put("Upload-Checksum", value));
        WireAnswer answer = send("PATCH", append.url(), headers, Optional.of(append.body()));
        if (answer.status() == 404 || answer.status() == 410) {
            throw new SetbackException(StatusSetback.gone(answer, "PATCH"));
        }
        successful(answer);
        return new Position(
                answer.url(),
                checkedOffset(answer, append),
                append.declaredLength(),
                answer.header("Upload-Expires"));
    }

    /** Deletes an upload (tus 1.0.0, Termination); one that is not there is deleted already. */
    public URI terminate(URI url) throws SetbackException, StoppedException {
        WireAnswer answer = send("DELETE", url, Map.of(), Optional.empty());
        if (answer.status() != 404 && answer.status() != 410) {
            successful(answer);
        }
        return url;
    }

    private WireAnswer send(
            String method, URI url, Map<String, String> headers, Optional<RequestBody> body)
            throws SetbackException, StoppedException {
        var all = new LinkedHashMap<>(headers);
        all.put("Tus-Resumable", "1.0.0");
        WireAnswer answer =
                transport.send(
                        new WireRequest(method, url, all, body, credentialsRefused, stallTimeout),
                        stop);
        credentialsRefused = answer.status() == 401 || answer.status() == 403;
        return answer;
    }

    private static Map<String, String> creationHeaders(Creation creation) {
        var headers = new LinkedHashMap<String, String>();
        if (creation.length().isPresent()) {
            headers.put("Upload-Length", Long.toString(creation.length().getAsLong()));
        } else if (creation.pieces().isEmpty()) {
            headers.put("Upload-Defer-Length", "1");
        }
        if (!creation.metadata().isEmpty()) {
            headers.put("Upload-Metadata", UploadMetadata.header(creation.metadata()));
        }
        if (creation.partial()) {
            headers.put("Upload-Concat", "partial");
        } else if (!creation.pieces().isEmpty()) {
            headers.put("Upload-Concat", "final;" + paths(creation));
        }
        headers.put("Idempotency-Key", creation.key());
        return headers;
    }

    private static String paths(Creation creation) {
        return creation.pieces().stream().map(URI::getRawPath).collect(Collectors.joining(" "));
    }

    private static WireAnswer successful(WireAnswer answer) throws SetbackException {
        if (!answer.successful()) {
            throw new SetbackException(StatusSetback.of(answer));
        }
        return answer;
    }

    private static long offset(WireAnswer answer) throws SetbackException {
        OptionalLong offset = Headers.number(answer, "Upload-Offset");
        if (offset.isEmpty()) {
            throw invalid(
                    answer.url()
                            + " answered "
                            + answer.status()
                            + " without a valid Upload-Offset: "
                            + Urls.quoted(answer.header("Upload-Offset").orElse("")));
        }
        return offset.getAsLong();
    }

    private static long checkedOffset(WireAnswer answer, Append append) throws SetbackException {
        long offset = offset(answer);
        long end = append.offset() + append.body().length();
        if (offset < append.offset() || offset > end) {
            throw invalid(
                    "the server says offset "
                            + offset
                            + " after bytes "
                            + append.offset()
                            + " to "
                            + end
                            + " were sent");
        }
        return offset;
    }

    private static String unusable(WireAnswer answer, String location) {
        return "the server created the upload at "
                + Urls.quoted(location)
                + ", which is no URL to go to from "
                + answer.url();
    }

    private static SetbackException invalid(String message) {
        return new SetbackException(
                new Setback(Kind.INVALID_ANSWER, 0, Optional.empty(), message, ""));
    }
}
