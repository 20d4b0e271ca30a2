package io.longhaul.server.simulation;

import io.longhaul.server.simulation.Figures.Kind;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What goes wrong between nodes and the store. Each node has its own; which call of a node has a
 * fault, the seed and the number of the call decide. Thread-safe.
 */
final class Weather {

    private static final S3Fault REFUSED_FOR_EVER = new S3Fault.Refused(403, "AccessDenied");

    private final Figures figures;
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, RandomGenerator> randoms = new ConcurrentHashMap<>();
    private final long seed;
    private volatile boolean fine;

    Weather(long seed, Figures figures) {
        this.seed = seed;
        this.figures = figures;
    }

    void add(Node node) {
        randoms.put(node.name(), new SplittableRandom(seed * 1_000_003 + node.name().hashCode()));
        nodes.put(node.name(), node);
    }

    /** Nothing goes wrong from now on, except for nodes that are dead. */
    void clear() {
        fine = true;
    }

    S3Fault fault(S3Call call) {
        figures.count(Kind.CALLS);
        Node node = nodes.get(call.caller());
        RandomGenerator random = randoms.get(call.caller());
        if (node == null || random == null || node.isDead()) {
            return REFUSED_FOR_EVER;
        }
        if (fine) {
            return S3Fault.NONE;
        }
        synchronized (random) {
            Duration pause = node.pauseLeft();
            return pause.isPositive() ? new S3Fault.Late(pause) : fault(node, random);
        }
    }

    /** Where a message from one node to another arrives; empty when it is lost. */
    Optional<Node> reached(String from, String to) {
        return Optional.ofNullable(nodes.get(to))
                .filter(node -> !node.isDead() && node.pauseLeft().isZero())
                .filter(_ -> fine || !loses(from));
    }

    private boolean loses(String from) {
        RandomGenerator random = randoms.get(from);
        if (random == null) {
            return true;
        }
        synchronized (random) {
            return random.nextInt(10) == 0;
        }
    }

    private S3Fault fault(Node node, RandomGenerator random) {
        int choice = random.nextInt(10_000);
        if (choice < 5) {
            return crash(node, random);
        }
        if (choice < 15) {
            figures.count(Kind.PAUSES);
            node.pause(Duration.ofMillis(random.nextInt(20, 400)));
            return new S3Fault.Late(node.pauseLeft());
        }
        if (choice < 115) {
            figures.count(Kind.LOST_ANSWERS);
            return new S3Fault.AnswerLost();
        }
        if (choice < 190) {
            figures.count(Kind.LOST_REQUESTS);
            return new S3Fault.RequestLost();
        }
        return lighter(random, choice);
    }

    private S3Fault lighter(RandomGenerator random, int choice) {
        if (choice < 300) {
            figures.count(Kind.REFUSED_CALLS);
            return random.nextBoolean()
                    ? new S3Fault.Refused(503, "SlowDown")
                    : new S3Fault.Refused(500, "InternalError");
        }
        if (choice < 500) {
            figures.count(Kind.LATE_CALLS);
            return new S3Fault.Late(Duration.ofMillis(random.nextInt(1, 60)));
        }
        return S3Fault.NONE;
    }

    /** Before the call, or after it. */
    private S3Fault crash(Node node, RandomGenerator random) {
        figures.count(Kind.CRASHES);
        node.crash();
        return random.nextBoolean() ? new S3Fault.AnswerLost() : REFUSED_FOR_EVER;
    }
}
