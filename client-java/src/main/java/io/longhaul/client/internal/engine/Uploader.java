package io.longhaul.client.internal.engine;

import io.longhaul.client.Checksums;
import io.longhaul.client.SourceChangedException;
import io.longhaul.client.internal.engine.SingleUpload.Slice;
import io.longhaul.client.internal.source.Content;
import io.longhaul.client.internal.source.OpenContent;
import io.longhaul.client.internal.wire.ServerOptions;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import io.longhaul.client.internal.wire.Transport;
import io.longhaul.client.internal.wire.TusServer;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Takes one upload from wherever it is to its end, in one or in several pieces. Thread-safe. */
final class Uploader {

    private final ClientSettings settings;
    private final Transport transport;
    private final Executor executor;
    private volatile @Nullable ServerOptions options;

    Uploader(ClientSettings settings, Transport transport, Executor executor) {
        this.settings = settings;
        this.transport = transport;
        this.executor = executor;
    }

    /** Uploads until the server has all, and returns the URL. */
    URI upload(UploadTask task, StopSignal stop) throws StoppedException {
        Content content = task.content();
        try {
            Optional<String> fingerprint = content.fingerprint();
            fingerprint.ifPresent(name -> task.claims().claim(name, content));
            try (OpenContent open = content.open("http".equals(settings.endpoint().getScheme()))) {
                UrlBook book = book(task, fingerprint, open);
                task.knownIn(book);
                URI url = upload(context(task, stop, book, open), open);
                book.forget();
                return url;
            }
        } catch (IOException e) {
            throw new SourceChangedException(content + " cannot be read: " + e, e);
        }
    }

    /** Deletes what an upload has left on the server, and what the store knows of it. */
    void terminate(UploadTask task) {
        try {
            UrlBook book = book(task);
            List<UrlBook> books = book.all(settings.parallelism());
            var urls = new HashSet<URI>();
            task.progress().url().ifPresent(urls::add);
            books.forEach(known -> known.url().ifPresent(urls::add));
            var stop = new StopSignal();
            var run = context(task, stop, book, ServerOptions.UNKNOWN);
            for (URI url : urls) {
                TusServer server = run.server(stop);
                new Attempts(server, run, stop).untilDone(() -> server.terminate(url));
            }
            books.forEach(UrlBook::forget);
        } catch (StoppedException | IOException e) {
            throw new CompletionException(e);
        }
    }

    /**
     * The book of an upload that has run; one that has not may be known from an earlier program.
     */
    private UrlBook book(UploadTask task) throws IOException {
        Optional<UrlBook> known = task.book();
        return known.isPresent()
                ? known.get()
                : new UrlBook(settings.store(), task.content().fingerprint(), Map.of());
    }

    private URI upload(RunContext run, OpenContent content) throws StoppedException {
        run.meter().length(content.length());
        int pieces = ParallelUpload.pieces(run, content);
        if (pieces > 1) {
            return ParallelUpload.upload(run, executor, content.length().orElseThrow(), pieces);
        }
        ProgressMeter.Piece meter = run.meter().begin(1).get(0);
        return new SingleUpload(run, content, Slice.whole(), run.book(), meter, run.stop())
                .upload();
    }

    private RunContext context(UploadTask task, StopSignal stop, UrlBook book, OpenContent content)
            throws StoppedException {
        RunContext asking = context(task, stop, book, ServerOptions.UNKNOWN);
        boolean needed =
                settings.parallelism() > 1
                        || settings.checksums() != Checksums.OFF
                        || content.length().isEmpty();
        return needed ? context(task, stop, book, options(asking)) : asking;
    }

    private RunContext context(
            UploadTask task, StopSignal stop, UrlBook book, ServerOptions offered) {
        return new RunContext(
                settings,
                transport,
                offered,
                task.content(),
                task.metadata(),
                book,
                task.meter(),
                stop);
    }

    /** Asked for once, when something depends on it. */
    private ServerOptions options(RunContext run) throws StoppedException {
        ServerOptions known = options;
        if (known == null) {
            TusServer server = run.server(run.stop());
            known = new Attempts(server, run, run.stop()).untilDone(server::options);
            options = known;
        }
        return known;
    }

    private UrlBook book(UploadTask task, Optional<String> fingerprint, OpenContent content) {
        var notes = new HashMap<>(task.content().notes());
        content.length().ifPresent(bytes -> notes.put("length", Long.toString(bytes)));
        task.metadata().forEach((key, value) -> notes.put("metadata." + key, value));
        return new UrlBook(settings.store(), fingerprint, notes);
    }
}
