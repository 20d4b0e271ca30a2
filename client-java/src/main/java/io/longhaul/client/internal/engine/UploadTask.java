package io.longhaul.client.internal.engine;

import io.longhaul.client.CompletedUpload;
import io.longhaul.client.ProgressListener;
import io.longhaul.client.Upload;
import io.longhaul.client.UploadCancelledException;
import io.longhaul.client.UploadException;
import io.longhaul.client.UploadProgress;
import io.longhaul.client.UploadState;
import io.longhaul.client.internal.source.Content;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** An upload that runs, waits for its turn, is paused or has ended. */
final class UploadTask implements Upload {

    /** What the user wants of it. */
    private enum Wish {
        RUN,
        PAUSE,
        END
    }

    private final UploadEngine engine;
    private final Content content;
    private final Map<String, String> metadata;
    private final ProgressMeter meter = new ProgressMeter();
    private final CompletableFuture<CompletedUpload> result = new CompletableFuture<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final Claims claims;
    private final long began = System.nanoTime();
    private Wish wish = Wish.RUN;
    private boolean queued;
    private boolean running;
    private StopSignal stop = new StopSignal();
    private Optional<UrlBook> book = Optional.empty();

    UploadTask(UploadEngine engine, Content content, Map<String, String> metadata, Claims claims) {
        this.engine = engine;
        this.content = content;
        this.metadata = Map.copyOf(metadata);
        this.claims = claims;
    }

    Content content() {
        return content;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    ProgressMeter meter() {
        return meter;
    }

    Claims claims() {
        return claims;
    }

    /** What the store knows about this upload; empty before it has run. */
    synchronized Optional<UrlBook> book() {
        return book;
    }

    synchronized void knownIn(UrlBook opened) {
        book = Optional.of(opened);
    }

    @Override
    public CompletableFuture<CompletedUpload> result() {
        return result.copy();
    }

    @Override
    public CompletedUpload await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public Upload onProgress(ProgressListener listener) {
        meter.listen(listener);
        return this;
    }

    @Override
    public UploadProgress progress() {
        return meter.progress();
    }

    @Override
    public void pause() {
        synchronized (this) {
            if (wish != Wish.RUN) {
                return;
            }
            wish = Wish.PAUSE;
            stop.stop();
            if (running) {
                return;
            }
        }
        meter.state(UploadState.PAUSED);
    }

    @Override
    public void resume() {
        synchronized (this) {
            if (wish != Wish.PAUSE) {
                return;
            }
            wish = Wish.RUN;
            if (running) {
                return;
            }
        }
        enter();
    }

    @Override
    public void cancel() {
        end(new UploadCancelledException("the upload of " + content + " was cancelled"));
    }

    @Override
    public CompletableFuture<Void> terminate() {
        cancel();
        return idle.thenCompose(ended -> engine.terminate(this));
    }

    /** Takes its place in the queue. */
    void enter() {
        synchronized (this) {
            if (queued || wish != Wish.RUN) {
                return;
            }
            queued = true;
        }
        meter.state(UploadState.QUEUED);
        engine.admit(this::run);
    }

    /** Completes when this upload has ended and holds nothing any more. */
    CompletableFuture<Void> idle() {
        return idle;
    }

    private void run() {
        synchronized (this) {
            queued = false;
            if (wish != Wish.RUN || running) {
                return;
            }
            running = true;
            stop = new StopSignal();
        }
        try {
            URI url = engine.run(this, stop);
            complete(url);
        } catch (StoppedException e) {
            stopped();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void complete(URI url) {
        synchronized (this) {
            running = false;
            wish = Wish.END;
        }
        long length = meter.progress().offset();
        release();
        meter.state(UploadState.COMPLETE);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        result.complete(new CompletedUpload(url, length, meter.transferred(), elapsed));
    }

    private void fail(Throwable failure) {
        synchronized (this) {
            running = false;
            wish = Wish.END;
        }
        release();
        meter.state(UploadState.FAILED);
        result.completeExceptionally(failure);
    }

    private void stopped() {
        Wish now;
        synchronized (this) {
            running = false;
            if (wish == Wish.RUN && Thread.currentThread().isInterrupted()) {
                // The user's executor is being shut down.
                wish = Wish.END;
            }
            now = wish;
        }
        switch (now) {
            case RUN -> enter();
            case PAUSE -> meter.state(UploadState.PAUSED);
            case END -> {
                release();
                meter.state(UploadState.CANCELLED);
                result.completeExceptionally(
                        new UploadCancelledException("the upload of " + content + " was stopped"));
            }
        }
    }

    private void end(UploadException reason) {
        boolean free;
        synchronized (this) {
            if (wish == Wish.END) {
                return;
            }
            wish = Wish.END;
            stop.stop();
            free = !running;
        }
        meter.state(UploadState.CANCELLED);
        result.completeExceptionally(reason);
        if (free) {
            release();
        }
    }

    private void release() {
        claims.close();
        engine.ended(this, content);
        idle.complete(null);
    }
}
