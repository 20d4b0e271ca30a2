package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long requests of one kind took. For one thread. */
final class Latencies {

    private final List<Duration> all = new ArrayList<>();

    /** Adds one that has ended now. */
    void addSince(long begun) {
        all.add(Duration.ofNanos(System.nanoTime() - begun));
    }

    int count() {
        return all.size();
    }

    /** Of at least one. */
    List<Figure> figures(String name) {
        Collections.sort(all);
        return List.of(
                figure(name + " p50", rank(0.5)),
                figure(name + " p99", rank(0.99)),
                figure(name + " max", all.getLast()));
    }

    /** What a share of them did not exceed. */
    private Duration rank(double share) {
        return all.get((int) Math.ceil(share * all.size()) - 1);
    }

    private static Figure figure(String name, Duration time) {
        return Figure.of(name, "ms", List.of(time.toNanos() / 1e6));
    }
}
