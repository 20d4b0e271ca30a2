package io.longhaul.client.internal.engine;

import io.longhaul.client.Checksums;
import io.longhaul.client.SourceChangedException;
import io.longhaul.client.Upload;
import io.longhaul.client.internal.source.Content;
import io.longhaul.client.internal.source.OpenContent;
import io.longhaul.client.internal.wire.ServerOptions;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import io.longhaul.client.internal.wire.Transport;
import io.longhaul.client.internal.wire.TusServer;
import io.longhaul.client.internal.wire.UploadMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs the uploads of one client. Thread-safe. */
public final class UploadEngine {

    private static final Duration MAX_CONNECT = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ClientSettings settings;
    private final Threads threads;
    private final Executor executor;
    private final Admission admission;
    private final Transport transport;
    private final Set<UploadTask> tasks = ConcurrentHashMap.newKeySet();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable ServerOptions options;

    public UploadEngine(ClientSettings settings) {
        this.settings = settings;
        this.threads = new Threads();
        this.executor = settings.executor().orElse(threads);
        this.admission = new Admission(executor, settings.maxConcurrentUploads());
        this.transport =
                new Transport(
                        settings.httpClient().orElseGet(() -> httpClient(settings)),
                        settings.headers(),
                        settings.credentials(),
                        origins(settings),
                        settings.methodOverride());
    }

    /** Begins an upload. */
    public Upload start(Content content, Map<String, String> metadata) {
        UploadMetadata.check(metadata);
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        var task = new UploadTask(this, content, metadata, new Claims(claimed, settings));
        tasks.add(task);
        task.enter();
        return task;
    }

    /** Cancels what runs, and waits for it to let go. */
    public void close() {
        closed = true;
        List<UploadTask> open = List.copyOf(tasks);
        open.forEach(UploadTask::cancel);
        var idle = open.stream().map(UploadTask::idle).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(idle).get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // A source that does not return from reading: its thread is a daemon.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
        threads.close();
    }

    void admit(Runnable run) {
        admission.enter(run);
    }

    void ended(UploadTask task, Content content) {
        tasks.remove(task);
        try {
            content.release();
        } catch (IOException e) {
            // Read to its end, or given up: there is nothing more to be had from it.
        }
    }

    /** Runs an upload until it is complete, and returns its URL. */
    URI run(UploadTask task, StopSignal stop) throws StoppedException {
        Content content = task.content();
        try {
            Optional<String> fingerprint = content.fingerprint();
            fingerprint.ifPresent(name -> task.claims().claim(name, content));
            try (OpenContent open = content.open(false)) {
                return run(task, stop, book(task, fingerprint, open), open);
            }
        } catch (IOException e) {
            throw new SourceChangedException(content + " cannot be read: " + e, e);
        }
    }

    /** Deletes what an upload has left on the server. */
    CompletableFuture<Void> terminate(UploadTask task) {
        Optional<URI> url = task.progress().url();
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        delete(task, url);
                    } catch (StoppedException e) {
                        throw new CompletionException(e);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                executor);
    }

    private void delete(UploadTask task, Optional<URI> url) throws StoppedException, IOException {
        Optional<String> fingerprint = task.content().fingerprint();
        var book = new UrlBook(settings.store(), fingerprint, Map.of());
        var urls = new HashSet<URI>();
        url.ifPresent(urls::add);
        book.all(settings.parallelism()).forEach(known -> known.url().ifPresent(urls::add));
        var stop = new StopSignal();
        RunContext run = context(task, stop, book, ServerOptions.UNKNOWN);
        TusServer server = run.server(stop);
        for (URI each : urls) {
            new Attempts(server, run, stop)
                    .untilDone(
                            () -> {
                                server.terminate(each);
                                return each;
                            });
        }
        book.all(settings.parallelism()).forEach(UrlBook::forget);
    }

    private URI run(UploadTask task, StopSignal stop, UrlBook book, OpenContent open)
            throws StoppedException, IOException {
        RunContext first = context(task, stop, book, ServerOptions.UNKNOWN);
        RunContext run =
                context(task, stop, book, needsOptions(open) ? options(first) : first.options());
        run.meter().length(open.length());
        int pieces = ParallelUpload.pieces(run, open);
        URI url;
        if (pieces > 1) {
            url = ParallelUpload.upload(run, executor, open.length().orElseThrow(), pieces);
        } else {
            try (OpenContent mapped = task.content().open(run.mapped())) {
                ProgressMeter.Piece piece = run.meter().begin(1).get(0);
                url =
                        new SingleUpload(run, mapped, SingleUpload.Slice.whole(), book, piece, stop)
                                .upload();
            }
        }
        book.forget();
        return url;
    }

    private boolean needsOptions(OpenContent open) {
        return settings.parallelism() > 1
                || settings.checksums() != Checksums.OFF
                || open.length().isEmpty();
    }

    private ServerOptions options(RunContext run) throws StoppedException {
        ServerOptions known = options;
        if (known == null) {
            TusServer server = run.server(run.stop());
            known = new Attempts(server, run, run.stop()).untilDone(server::options);
            options = known;
        }
        return known;
    }

    private UrlBook book(UploadTask task, Optional<String> fingerprint, OpenContent open) {
        var notes = new HashMap<>(task.content().notes());
        OptionalLong length = open.length();
        length.ifPresent(bytes -> notes.put("length", Long.toString(bytes)));
        task.metadata().forEach((key, value) -> notes.put("metadata." + key, value));
        return new UrlBook(settings.store(), fingerprint, notes);
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

    private static HttpClient httpClient(ClientSettings settings) {
        Duration stall = settings.stallTimeout();
        return HttpClient.newBuilder()
                .connectTimeout(stall.compareTo(MAX_CONNECT) < 0 ? stall : MAX_CONNECT)
                .build();
    }

    private static Set<URI> origins(ClientSettings settings) {
        var origins = new HashSet<URI>();
        origins.add(Transport.origin(settings.endpoint()));
        settings.trusted().forEach(url -> origins.add(Transport.origin(url)));
        return Set.copyOf(origins);
    }
}
