package io.longhaul.client.internal.engine;

import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UnsupportedByServerException;
import io.longhaul.client.internal.source.OpenContent;
import io.longhaul.client.internal.wire.Append;
import io.longhaul.client.internal.wire.Creation;
import io.longhaul.client.internal.wire.Position;
import io.longhaul.client.internal.wire.RequestBody;
import io.longhaul.client.internal.wire.Setback;
import io.longhaul.client.internal.wire.SetbackException;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import io.longhaul.client.internal.wire.TusServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings bytes into one upload of the server: a whole content, or one piece of it. What the server
 * says is the truth: after any trouble it is asked where it is (tus 1.0.0, HEAD), and never told.
 */
final class SingleUpload {

    private final RunContext run;
    private final OpenContent content;
    private final Slice slice;
    private final UrlBook book;
    private final ProgressMeter.Piece meter;
    private final TusServer server;
    private final Attempts attempts;
    private final RequestLength requestLength;
    private final Optional<ChecksumAlgorithm> checksum;
    private String creationKey = UUID.randomUUID().toString();
    private @Nullable URI url;

    SingleUpload(
            RunContext run,
            OpenContent content,
            Slice slice,
            UrlBook book,
            ProgressMeter.Piece meter,
            StopSignal stop) {
        this.run = run;
        this.content = content;
        this.slice = slice;
        this.book = book;
        this.meter = meter;
        this.server = run.server(stop);
        this.attempts = new Attempts(server, run, stop);
        this.checksum = checksum(run);
        this.requestLength = requestLength(run, content, checksum.isPresent());
    }

    /** Which bytes of the content go into the upload; a length that is not known is the whole. */
    record Slice(long start, OptionalLong length, boolean partial) {
        static Slice whole() {
            return new Slice(0, OptionalLong.empty(), false);
        }
    }

    /** Uploads, and returns the URL when the server has all. */
    URI upload() throws StoppedException {
        url = book.url().orElse(null);
        return attempts.untilDone(this::attempt, this::react);
    }

    private URI attempt() throws SetbackException, StoppedException {
        Position at = locate();
        while (!complete(at)) {
            at = append(at);
        }
        return at.url();
    }

    private Position locate() throws SetbackException, StoppedException {
        Position at = url == null ? create() : head(url);
        url = at.url();
        if (!slice.partial()) {
            run.meter().url(at.url());
        }
        acknowledged(at.offset());
        return at;
    }

    private Position head(URI known) throws SetbackException, StoppedException {
        Position at = server.head(known);
        OptionalLong length = length();
        if (length.isPresent() && at.length().isPresent() && !length.equals(at.length())) {
            // Of another source, or of another server: nothing that can be continued.
            throw new SetbackException(
                    Setback.gone(
                            known
                                    + " has a length of "
                                    + at.length().getAsLong()
                                    + ", not of "
                                    + length.getAsLong()));
        }
        if (length.isPresent() && at.offset() > length.getAsLong()) {
            throw new SetbackException(
                    Setback.invalid(
                            known
                                    + " says offset "
                                    + at.offset()
                                    + " of a length of "
                                    + length.getAsLong()));
        }
        return at;
    }

    private Position create() throws SetbackException, StoppedException {
        Position at = server.create(creation());
        if (at.offset() != 0) {
            throw new SetbackException(
                    Setback.invalid(
                            "the server says offset "
                                    + at.offset()
                                    + " of an upload without bytes"));
        }
        book.remember(at.url(), at.expires());
        return at;
    }

    private Creation creation() {
        if (slice.partial()) {
            return Creation.partialOf(length().orElseThrow(), creationKey);
        }
        if (length().isEmpty()) {
            peek();
        }
        if (length().isEmpty() && !run.options().offers("creation-defer-length")) {
            throw new UnsupportedByServerException(
                    "creation-defer-length",
                    run.settings().endpoint()
                            + " does not take uploads of unknown length: a stream of more than "
                            + requestLength.next()
                            + " bytes needs one");
        }
        return Creation.of(length(), run.metadata(), creationKey);
    }

    /** A stream that ends within its first request has a length before the upload is created. */
    private void peek() {
        try {
            content.prepare(0, requestLength.next());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Position append(Position at) throws SetbackException, StoppedException {
        long ready = prepare(at);
        OptionalLong declared = at.length().isEmpty() ? length() : OptionalLong.empty();
        var body =
                new RequestBody(
                        content,
                        slice.start() + at.offset(),
                        ready,
                        sent -> meter.sent(at.offset() + sent));
        long began = System.nanoTime();
        Position next =
                server.append(new Append(at.url(), at.offset(), body, declared, digest(at, ready)));
        if (next.offset() == at.offset() && ready > 0) {
            throw new SetbackException(
                    Setback.invalid(at.url() + " took none of " + ready + " bytes"));
        }
        url = next.url();
        requestLength.sent(ready, Duration.ofNanos(System.nanoTime() - began));
        acknowledged(next.offset());
        attempts.progressed();
        return new Position(
                next.url(),
                next.offset(),
                declared.isPresent() ? declared : at.length(),
                next.expires());
    }

    private long prepare(Position at) {
        long most = requestLength.next();
        if (slice.length().isPresent()) {
            most = Math.min(most, slice.length().getAsLong() - at.offset());
        }
        try {
            content.verify();
            return content.prepare(slice.start() + at.offset(), most);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Optional<String> digest(Position at, long length) {
        if (checksum.isEmpty() || length == 0) {
            return Optional.empty();
        }
        try {
            long start = slice.start() + at.offset();
            return Optional.of(checksum.get().header(content, start, length));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SourceChangedException unreadable(IOException cause) {
        return new SourceChangedException(run.content() + " cannot be read: " + cause, cause);
    }

    private boolean complete(Position at) {
        OptionalLong length = length();
        return length.isPresent() && at.length().isPresent() && at.offset() == length.getAsLong();
    }

    private OptionalLong length() {
        return slice.length().isPresent() ? slice.length() : content.length();
    }

    private void acknowledged(long offset) {
        run.meter().length(content.length());
        meter.acknowledged(offset);
    }

    /** What can be done at once: a smaller request, or a new upload. */
    private boolean react(Setback setback) {
        switch (setback.kind()) {
            case GONE -> startAgain();
            case NETWORK -> requestLength.shrink();
            case TOO_LARGE -> {
                return url != null && requestLength.shrink();
            }
            default -> {
                // The next attempt begins with asking for the offset.
            }
        }
        return false;
    }

    private void startAgain() {
        url = null;
        book.forget();
        creationKey = UUID.randomUUID().toString();
        meter.acknowledged(0);
    }

    private static Optional<ChecksumAlgorithm> checksum(RunContext run) {
        return switch (run.settings().checksums()) {
            case OFF -> Optional.empty();
            case WHERE_OFFERED -> ChecksumAlgorithm.among(run.options().checksumAlgorithms());
            case REQUIRED ->
                    Optional.of(
                            ChecksumAlgorithm.among(run.options().checksumAlgorithms())
                                    .orElseThrow(
                                            () ->
                                                    new UnsupportedByServerException(
                                                            "checksum",
                                                            run.settings().endpoint()
                                                                    + " offers no checksum that this Java has: "
                                                                    + run.options()
                                                                            .checksumAlgorithms())));
        };
    }

    private static RequestLength requestLength(
            RunContext run, OpenContent content, boolean checked) {
        OptionalLong chunkSize = run.settings().chunkSize();
        return content.seekable()
                ? RequestLength.of(chunkSize, checked)
                : RequestLength.of(OptionalLong.of(chunkSize.orElse(STREAM_CHUNK)), checked);
    }

    private static final long STREAM_CHUNK = 8 << 20;
}
