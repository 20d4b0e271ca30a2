package io.longhaul.client.internal.engine;

import io.longhaul.client.internal.engine.SingleUpload.Slice;
import io.longhaul.client.internal.source.OpenContent;
import io.longhaul.client.internal.wire.Creation;
import io.longhaul.client.internal.wire.Setback;
import io.longhaul.client.internal.wire.SetbackException;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import io.longhaul.client.internal.wire.TusServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends one content in pieces over several connections; the server puts them together (tus 1.0.0,
 * Concatenation). Each piece is remembered and goes on by itself.
 */
final class ParallelUpload {

    /** Below this a piece is not worth a connection. */
    private static final long LEAST_PIECE = 4 << 20;

    private final RunContext run;
    private final Executor executor;
    private final long length;
    private final int count;

    private ParallelUpload(RunContext run, Executor executor, long length, int count) {
        this.run = run;
        this.executor = executor;
        this.length = length;
        this.count = count;
    }

    /** In how many pieces a content is sent: 1 when it is too small, or the server has no way. */
    static int pieces(RunContext run, OpenContent content) {
        if (!content.seekable() || !run.options().offers("concatenation")) {
            return 1;
        }
        long most = content.length().orElse(0) / LEAST_PIECE;
        return (int) Math.max(1, Math.min(run.settings().parallelism(), most));
    }

    static URI upload(RunContext run, Executor executor, long length, int count)
            throws StoppedException {
        return new ParallelUpload(run, executor, length, count).upload();
    }

    private URI upload() throws StoppedException {
        TusServer server = run.server(run.stop());
        var attempts = new Attempts(server, run, run.stop());
        var known = run.book().url();
        if (known.isPresent() && attempts.untilDone(() -> isComplete(server, known.get()))) {
            run.meter().begin(1).get(0).acknowledged(length);
            return known.get();
        }
        List<URI> pieces = uploadPieces();
        String key = UUID.randomUUID().toString();
        Creation whole = Creation.finalOf(pieces, run.metadata(), key);
        URI url = attempts.untilDone(() -> server.create(whole).url());
        run.book().remember(url, Optional.empty());
        run.meter().url(url);
        forgetPieces();
        return url;
    }

    private void forgetPieces() {
        for (int i = 1; i <= count; i++) {
            run.book().piece(i, count).forget();
        }
    }

    /** Whether an earlier run got to the end; what it left is of no use otherwise. */
    private boolean isComplete(TusServer server, URI url)
            throws SetbackException, StoppedException {
        try {
            return server.head(url).offset() == length;
        } catch (SetbackException e) {
            if (e.setback().kind() == Setback.Kind.GONE) {
                return false;
            }
            throw e;
        }
    }

    private List<URI> uploadPieces() throws StoppedException {
        var stop = new StopSignal();
        Runnable forward = stop::stop;
        run.stop().whenStopped(forward);
        try {
            return await(start(stop), stop);
        } finally {
            run.stop().forget(forward);
        }
    }

    private List<CompletableFuture<URI>> start(StopSignal stop) {
        List<ProgressMeter.Piece> meters = run.meter().begin(count);
        var futures = new ArrayList<CompletableFuture<URI>>();
        for (int i = 0; i < count; i++) {
            int number = i;
            futures.add(
                    CompletableFuture.supplyAsync(
                            () -> uploadPiece(number, meters.get(number), stop), executor));
        }
        return futures;
    }

    private URI uploadPiece(int number, ProgressMeter.Piece meter, StopSignal stop) {
        long start = length / count * number;
        long end = number == count - 1 ? length : length / count * (number + 1);
        var slice = new Slice(start, OptionalLong.of(end - start), true);
        try (OpenContent content = run.content().open(run.mapped())) {
            UrlBook book = run.book().piece(number + 1, count);
            return new SingleUpload(run, content, slice, book, meter, stop).upload();
        } catch (StoppedException | IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Waits for all pieces; one that fails stops the others, and its failure is told. */
    private static List<URI> await(List<CompletableFuture<URI>> futures, StopSignal stop)
            throws StoppedException {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(
                        futures.stream()
                                .map(future -> future.whenComplete((url, e) -> stopOn(e, stop)))
                                .toArray(CompletableFuture[]::new));
        try {
            all.exceptionally(e -> null).join();
            return futures.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw failure(futures);
        }
    }

    private static void stopOn(@Nullable Throwable failure, StopSignal stop) {
        if (failure != null) {
            stop.stop();
        }
    }

    private static StoppedException failure(List<CompletableFuture<URI>> futures) {
        for (CompletableFuture<URI> future : futures) {
            Throwable cause = future.handle((url, e) -> e).join();
            Throwable root = cause instanceof CompletionException ? cause.getCause() : cause;
            if (root instanceof RuntimeException e) {
                throw e;
            }
            if (root instanceof IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new StoppedException();
    }
}
