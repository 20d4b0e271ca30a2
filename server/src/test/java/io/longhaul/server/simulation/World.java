package io.longhaul.server.simulation;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.content.s3.SmallParts;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.simulation.Figures.Kind;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Three nodes, one of which has a clock that is an hour ahead, on one store. Thread-safe. */
final class World implements AutoCloseable {

    private static final int NODES = 3;
    private static final int PAGE = 100;

    /** In which all have to be forgotten, and those of them in which all nodes are at it. */
    private static final int ROUNDS = 10;

    private static final int ROUNDS_TOGETHER = 1;
    private static final Duration AHEAD = Duration.ofHours(1);

    /** Longer than a thread may be kept from running between two lines. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofMinutes(1);

    private final long seed;
    private final S3Mode mode;
    private final FakeS3 s3;
    private final Figures figures;
    private final Violations violations = new Violations();
    private final Deliveries deliveries = new Deliveries();
    private final Weather weather;
    private final Node[] nodes = new Node[NODES];
    private final List<Node> dead = new ArrayList<>();
    private volatile Duration passed = Duration.ZERO;
    private int opened;

    World(long seed, S3Rules rules, S3Mode mode, Figures figures) throws IOException {
        this.seed = seed;
        this.mode = mode;
        this.figures = figures;
        s3 = FakeS3.start(rules.small(SmallParts.LEAST, PAGE));
        weather = new Weather(seed, figures);
        s3.faults(weather::fault);
        for (int slot = 0; slot < NODES; slot++) {
            nodes[slot] = opened(slot);
        }
    }

    /** Looks whether uploads were completed once, and nothing stays when all are gone. */
    void check() {
        deliveries.check(violations);
        if (!violations.any()) {
            List<String> left = leftovers();
            if (!left.isEmpty()) {
                violations.add("this stays in the bucket for ever: " + left);
            }
        }
    }

    long seed() {
        return seed;
    }

    Figures figures() {
        return figures;
    }

    Violations violations() {
        return violations;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** A node that has not crashed yet. */
    Node any(RandomGenerator random) {
        return node(random.nextInt(NODES));
    }

    private synchronized Node node(int slot) {
        if (nodes[slot].isDead()) {
            dead.add(nodes[slot]);
            nodes[slot] = opened(slot);
        }
        return nodes[slot];
    }

    private synchronized Node opened(int slot) {
        Node node =
                new Node(
                        "node-%d-%d".formatted(slot, ++opened),
                        32 << slot,
                        new Node.Surroundings(
                                s3, mode, weather, () -> now(slot), figures, violations));
        weather.add(node);
        return node;
    }

    private Instant now(int slot) {
        return Instant.now().plus(passed).plus(ahead(slot));
    }

    private static Duration ahead(int slot) {
        return slot == 0 ? AHEAD : Duration.ZERO;
    }

    /** Does what a node does from time to time. */
    void housekeeping(RandomGenerator random) {
        int slot = random.nextInt(NODES);
        switch (random.nextInt(4)) {
            case 0 -> sweepOrphans(slot);
            case 1 -> sweep(slot);
            default -> deliver(slot);
        }
    }

    private Reply<Integer> sweep(int slot) {
        figures.count(Kind.SWEEPS);
        return node(slot).ask(LONG, (uploads, _) -> uploads.sweep(100));
    }

    private Reply<Integer> deliver(int slot) {
        return node(slot).ask(LONG, (_, catalog) -> deliveries.deliver(catalog));
    }

    /** Content is an orphan when it is older than any request that is under way. */
    private void sweepOrphans(int slot) {
        figures.count(Kind.SWEEPS);
        Reply<Integer> reply =
                node(slot)
                        .ask(
                                LONG,
                                (uploads, _) ->
                                        uploads.deleteOrphans(
                                                Duration.between(oldest(), Instant.now())
                                                        .plus(MARGIN)
                                                        .plus(ahead(slot))));
        if (reply instanceof Reply.Answered<Integer>(Integer cleaned)) {
            figures.add(Kind.ORPHANS, cleaned);
        }
    }

    private synchronized Instant oldest() {
        List<Node> all = new ArrayList<>(dead);
        all.addAll(List.of(nodes));
        return all.stream()
                .map(Node::oldest)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElseGet(Instant::now);
    }

    /** Nothing goes wrong from now on. */
    void calm() {
        weather.clear();
    }

    /** Waits until nothing is under way. */
    void settle() {
        await().atMost(LONG.multipliedBy(2)).until(() -> !busy());
    }

    private synchronized boolean busy() {
        List<Node> all = new ArrayList<>(dead);
        all.addAll(List.of(nodes));
        return all.stream().anyMatch(Node::isBusy);
    }

    /** Delivers all there is. */
    void deliverAll() {
        while (deliver(1) instanceof Reply.Answered<Integer>(Integer count) && count > 0) {
            figures.count(Kind.SWEEPS);
        }
    }

    /** Lets everything expire and be forgotten, at all nodes at once; what is left then. */
    private List<String> leftovers() {
        for (int round = 0; round < ROUNDS && !s3.keys().isEmpty(); round++) {
            passed = passed.plus(Node.LIFE.multipliedBy(2));
            if (round < ROUNDS_TOGETHER) {
                tidyTogether();
            } else {
                tidy(round % NODES);
            }
        }
        List<String> left = new ArrayList<>(s3.keys());
        if (s3.multiparts() > 0) {
            left.add("%d multipart uploads".formatted(s3.multiparts()));
        }
        return left;
    }

    private void tidyTogether() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int slot = 0; slot < NODES; slot++) {
            int each = slot;
            all.add(CompletableFuture.runAsync(() -> tidy(each), Thread::startVirtualThread));
        }
        all.forEach(CompletableFuture::join);
    }

    private void tidy(int slot) {
        while (sweep(slot) instanceof Reply.Answered<Integer>(Integer count) && count > 0) {
            deliver(slot);
        }
        Reply<Integer> orphans =
                node(slot).ask(LONG, (uploads, _) -> uploads.deleteOrphans(Duration.ZERO));
        if (orphans instanceof Reply.Refused<Integer>(UploadException reason)) {
            violations.add("orphans could not be deleted: " + reason);
        }
    }

    @Override
    public synchronized void close() {
        dead.addAll(List.of(nodes));
        dead.stream().filter(node -> !node.isBusy()).forEach(Node::close);
        s3.close();
    }
}
