package io.longhaul.server.crash;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.crash.CatalogHistory.Delivery;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A server that is killed again and again, from the first creation of its data directory on, and
 * what it held and said each time. For one thread.
 */
final class KilledServer implements AutoCloseable {

    private static final int CLIENTS = 8;
    private static final int FEWEST_REQUESTS = 20;
    private static final int MOST_REQUESTS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long incomplete uploads live. */
    enum Lifetime {
        LASTING(0, 50, "7d"),
        /** Not longer than the clients work, so that uploads expire under their hands. */
        FLEETING(1500, 3000, "1500ms");

        private final long expiryMillis;
        private final long loadNanos;
        private final String setting;

        Lifetime(long expiryMillis, long loadMillis, String setting) {
            this.expiryMillis = expiryMillis;
            this.loadNanos = TimeUnit.MILLISECONDS.toNanos(loadMillis);
            this.setting = setting;
        }
    }

    private final Lifetime lifetime;
    private final Random random;
    private final ServerProcess server;
    private final StartWatch start;
    private final List<CrashClient> clients;
    private final CatalogHistory history = new CatalogHistory();
    private final DeliveryLog log;
    private final Tally tally;
    private List<Path> orphans = List.of();
    private boolean begun = true;
    private long killed = System.currentTimeMillis();

    KilledServer(Durability durability, Lifetime lifetime, long seed, Tally tally) {
        this.lifetime = lifetime;
        this.tally = tally;
        random = new Random(seed);
        server =
                ServerProcess.begin(
                        _ -> {},
                        "--longhaul.durability="
                                + durability.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "--longhaul.expiry=" + lifetime.setting,
                        "--longhaul.gone-retention=2s",
                        "--longhaul.sweep-interval=100ms");
        start = new StartWatch(server, random);
        log = new DeliveryLog(server);
        clients =
                Stream.iterate(seed, each -> each + 1)
                        .limit(CLIENTS)
                        .map(each -> new CrashClient(server.port(), each, lifetime.expiryMillis))
                        .toList();
    }

    /** Kills it at any time before it is ready. */
    void killWhileStarting() throws IOException {
        begin();
        start.awaitSomeMoment();
        kill(new AtomicBoolean());
        tally.killedWhileStarting(
                Files.exists(server.dataDir().resolve("catalog.db")), check().migrated());
    }

    /** Kills it while clients upload, having looked at what the kill before left. */
    void killUnderLoad() throws IOException {
        awaitStart();
        try (var _ = CreationRequests.halfCreated(new Wire(server.port()), random)) {
            workUntilKilled();
        }
        check();
        tally.killedUnderLoad();
    }

    private void workUntilKilled() {
        AtomicBoolean dead = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<Void>> working =
                clients.stream()
                        .map(
                                client ->
                                        CompletableFuture.runAsync(
                                                () ->
                                                        client.workUntil(
                                                                dead::get, done::incrementAndGet),
                                                task -> Thread.ofPlatform().start(task)))
                        .toList();
        awaitWork(done, working);
        kill(dead);
        working.forEach(CompletableFuture::join);
    }

    /** By requests, not by time, so that a slow machine is killed over as much. */
    private void awaitWork(AtomicInteger done, List<CompletableFuture<Void>> working) {
        int enough = random.nextInt(FEWEST_REQUESTS, MOST_REQUESTS);
        long earliest = System.nanoTime() + random.nextLong(lifetime.loadNanos);
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < limit
                && (done.get() < enough || System.nanoTime() < earliest)
                && working.stream().noneMatch(CompletableFuture::isDone)) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Lets every upload that still can be completed, and looks whether all is right and tidy. */
    void finish() throws IOException {
        awaitStart();
        for (CrashClient client : clients) {
            client.finish();
        }
        await("an empty outbox, and no file that nobody needs").atMost(PATIENCE).until(this::tidy);
        List<Delivery> deliveries = new ArrayList<>(log.next());
        checkMetric(deliveries.size());
        server.stop();
        StoredCatalog catalog = StoredCatalog.of(server.dataDir());
        deliveries.addAll(log.next());
        history.kill(catalog, deliveries);
        tally.finished(clients, history);
    }

    private void checkMetric(int deliveries) throws IOException {
        double told = Metrics.of(server).value("longhaul_uploads_events_total", "completed");
        if (told != deliveries) {
            throw new AssertionError(
                    "%s completions counted, %d logged".formatted(told, deliveries));
        }
    }

    private boolean tidy() throws IOException {
        StoredCatalog catalog = StoredCatalog.ofRunning(server.dataDir());
        return catalog.outbox().isEmpty()
                && StoredContent.of(server.dataDir()).files().keySet().stream()
                        .allMatch(catalog::needs);
    }

    private void begin() {
        if (!begun) {
            server.beginAgain();
            start.begun();
        }
        begun = false;
    }

    private void awaitStart() throws IOException {
        begin();
        server.awaitReadiness();
        start.ready();
        for (CrashClient client : clients) {
            tally.interrupted(client.lookAfterKill(killed));
        }
        await("the orphan sweep")
                .atMost(PATIENCE)
                .until(() -> orphans.stream().noneMatch(Files::exists));
    }

    private void kill(AtomicBoolean dead) {
        dead.set(true);
        server.kill();
        killed = System.currentTimeMillis();
    }

    private StoredCatalog check() throws IOException {
        StoredCatalog catalog = StoredCatalog.of(server.dataDir());
        StoredContent content = StoredContent.of(server.dataDir());
        List<StoredUpload> changed = history.kill(catalog, log.next());
        for (StoredUpload upload : catalog.uploads().values()) {
            content.check(upload, catalog);
        }
        for (CrashClient client : clients) {
            client.compare(catalog, killed);
        }
        compareBytes(changed, content);
        List<Path> found = content.orphans(catalog);
        tally.orphans(found.stream().filter(file -> !orphans.contains(file)).count());
        orphans = found;
        content.age();
        return catalog;
    }

    private void compareBytes(List<StoredUpload> changed, StoredContent content)
            throws IOException {
        var sent = CrashClient.bytesById(clients);
        for (StoredUpload upload : changed) {
            Bytes bytes = sent.get(upload.id());
            if (bytes != null && upload.live() && !upload.isFinal()) {
                content.compare(upload, bytes);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
