package io.longhaul.server.simulation;

import io.longhaul.server.catalog.s3.BriefVersions;
import io.longhaul.server.catalog.s3.S3UploadCatalog;
import io.longhaul.server.content.s3.S3ContentStore;
import io.longhaul.server.content.s3.SmallParts;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.core.service.Checkpoints;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.simulation.Figures.Kind;
import io.longhaul.server.testing.s3.FakeS3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server with nothing of its own but memory. Once it has crashed it can't reach the store. */
final class Node {

    static final Duration LIFE = Duration.ofDays(1);

    /** Whoever waits for its client counts as stalled soon. */
    private static final HolderTiming TIMING =
            new HolderTiming(
                    Duration.ofMillis(20),
                    Duration.ofMillis(500),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(10));

    /** As soon as there are two parts. */
    private static final Checkpoints CHECKPOINTS =
            new Checkpoints(
                    2 * SmallParts.LEAST, Duration.ofMillis(200), 64, Duration.ofSeconds(1));

    private static final UploadLimits LIMITS =
            new UploadLimits(OptionalLong.empty(), LIFE, LIFE, LIFE, 200);

    private final String name;
    private final Figures figures;
    private final Violations violations;
    private final S3Bucket bucket;
    private final S3ContentStore store;
    private final UploadCatalog catalog;
    private final Holders holders;
    private final Uploads uploads;
    private final CompletableFuture<Boolean> death = new CompletableFuture<>();
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile long pausedUntil = System.nanoTime();

    /** What a node is asked for. */
    interface Request<T> {
        T run(Uploads uploads, UploadCatalog catalog) throws IOException;
    }

    private record Running(Instant since, Object identity) {}

    /** Where a node stands, and what it tells. */
    record Surroundings(
            FakeS3 s3,
            S3Mode mode,
            Weather weather,
            InstantSource clock,
            Figures figures,
            Violations violations) {}

    /**
     * @param name which it signs its calls with
     * @param memory how many pieces of it
     */
    Node(String name, int memory, Surroundings surroundings) {
        this.name = name;
        figures = surroundings.figures();
        violations = surroundings.violations();
        bucket = surroundings.s3().direct(name);
        store = SmallParts.store(bucket, memory);
        catalog = catalog(surroundings);
        UploadListener listener = listener(figures);
        holders =
                new Holders(TIMING, listener, new NodeCalls(name, surroundings.weather(), figures));
        uploads =
                new Uploads(
                        catalog,
                        store,
                        holders,
                        LIMITS,
                        listener,
                        surroundings.clock(),
                        CHECKPOINTS);
    }

    private UploadCatalog catalog(Surroundings surroundings) {
        return switch (surroundings.mode()) {
            case REPLACE -> new S3UploadCatalog(bucket, surroundings.mode(), surroundings.clock());
            case CREATE_ONLY -> BriefVersions.catalog(bucket, surroundings.clock());
        };
    }

    private static UploadListener listener(Figures figures) {
        return new UploadListener() {
            @Override
            public void onTakeover() {
                figures.count(Kind.TAKEOVERS);
            }
        };
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return death.isDone();
    }

    void crash() {
        death.complete(true);
    }

    void pause(Duration time) {
        pausedUntil = System.nanoTime() + time.toNanos();
    }

    Duration pauseLeft() {
        return Duration.ofNanos(Math.max(0, pausedUntil - System.nanoTime()));
    }

    /** When the oldest request began that is still being worked on; empty for none. */
    Optional<Instant> oldest() {
        return running.stream().map(Running::since).min(Comparator.naturalOrder());
    }

    /** What it does for another node. */
    OtherNodes.Answer asked(UploadId id, OtherNodes.Demand demand) {
        return holders.asked(id, demand);
    }

    /**
     * Asks for something.
     *
     * @param patience after which the client leaves, and the request lives on
     */
    <T> Reply<T> ask(Duration patience, Request<T> request) {
        CompletableFuture<Reply<T>> reply = start(request);
        try {
            Object _ =
                    CompletableFuture.anyOf(reply, death)
                            .get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return isDead() ? new Reply.Lost<>() : reply.join();
        } catch (TimeoutException _) { // the client does not wait any longer
            return new Reply.Lost<>();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a client was disturbed", e);
        }
    }

    /** Begins to work on a request, whose client may never look at what comes of it. */
    <T> CompletableFuture<Reply<T>> start(Request<T> request) {
        figures.count(Kind.REQUESTS);
        Running begun = new Running(Instant.now(), new Object());
        running.add(begun);
        CompletableFuture<Reply<T>> reply = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        reply.complete(run(request));
                    } finally {
                        running.remove(begun);
                    }
                });
        return reply;
    }

    private <T> Reply<T> run(Request<T> request) {
        try {
            return new Reply.Answered<>(request.run(uploads, catalog));
        } catch (UploadException e) {
            if (e instanceof UploadException.TakenOver) {
                figures.count(Kind.TAKEN_OVER);
            }
            return new Reply.Refused<>(e);
        } catch (IOException _) { // as the client sees it: the server failed
            return new Reply.Lost<>();
        } catch (RuntimeException | Error e) {
            violations.add(name + " broke: " + trace(e));
            return new Reply.Lost<>();
        }
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Whether requests are still being worked on. */
    boolean isBusy() {
        return !running.isEmpty();
    }

    /** Gives back what it has, when it is not busy any more. */
    void close() {
        store.close();
        bucket.close();
    }
}
