package io.longhaul.client.internal.engine;

import io.longhaul.client.Upload;
import io.longhaul.client.internal.source.Content;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import io.longhaul.client.internal.wire.Transport;
import io.longhaul.client.internal.wire.UploadMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the uploads of one client. Thread-safe. */
public final class UploadEngine {

    private static final Duration MAX_CONNECT = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ClientSettings settings;
    private final Threads threads;
    private final Executor executor;
    private final Admission admission;
    private final Uploader uploader;
    private final Set<UploadTask> tasks = ConcurrentHashMap.newKeySet();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public UploadEngine(ClientSettings settings) {
        this.settings = settings;
        this.threads = new Threads();
        this.executor = settings.executor().orElse(threads);
        this.admission = new Admission(executor, settings.maxConcurrentUploads());
        this.uploader = new Uploader(settings, transport(settings), executor);
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
        } catch (ExecutionException e) {
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
        return uploader.upload(task, stop);
    }

    /** Deletes what an upload has left on the server. */
    CompletableFuture<Void> terminate(UploadTask task) {
        return CompletableFuture.runAsync(() -> uploader.terminate(task), executor);
    }

    private static Transport transport(ClientSettings settings) {
        return new Transport(
                settings.httpClient().orElseGet(() -> httpClient(settings)),
                settings.headers(),
                settings.credentials(),
                origins(settings),
                settings.methodOverride());
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
