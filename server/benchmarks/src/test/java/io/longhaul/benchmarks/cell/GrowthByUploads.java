package io.longhaul.benchmarks.cell;

import io.longhaul.benchmarks.cell.Load.Batch;
import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Fills a catalog of ours with uploads, and compares what a creation, a HEAD, a start and the sweep
 * cost at the start and at the end.
 */
public final class GrowthByUploads {

    /** The rounds: each creates a hundredth of the uploads. */
    private static final int BATCHES = 100;

    /** Batches between two signs of life. */
    private static final int PROGRESS = 10;

    /** Batches that are compared; the one before the first warms the server up. */
    private static final int COMPARED = 5;

    private static final long LENGTH = 10 * 1024;
    private static final double MIB = 1 << 20;

    private final Scale scale;

    public GrowthByUploads(Scale scale) {
        this.scale = scale;
    }

    /** Measures each server by itself, with an empty directory at first. */
    public List<CellResult> measure(List<Peer> peers) {
        List<PeerResult> results = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                results.add(measure(peer));
            } catch (IOException e) {
                results.add(PeerResult.failed(peer.name(), e));
            }
        }
        return List.of(new CellResult("growth-uploads", results));
    }

    private PeerResult measure(Peer peer) throws IOException {
        List<Figure> figures = new ArrayList<>();
        int batch = Math.max(1, scale.uploads() / BATCHES);
        try (PeerProcess server = PeerProcess.start(peer, scale.work(), Sweep.ONCE)) {
            var sweep = new Sweep(server, batch);
            add(figures, "start-up at the start", "ms", server.startUp().toNanos() / 1e6);
            sweep.rate().ifPresent(r -> add(figures, "sweep at the start", "uploads/s", r));
            server.restart(List.of());
            fill(server, batch, figures);
            server.restart(Sweep.ONCE);
            add(figures, "start-up at the end", "ms", server.startUp().toNanos() / 1e6);
            sweep.rate().ifPresent(r -> add(figures, "sweep at the end", "uploads/s", r));
        }
        return PeerResult.of(peer.name(), scale.uploads(), figures);
    }

    private static void fill(PeerProcess server, int size, List<Figure> figures)
            throws IOException {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        List<Batch> batches = new ArrayList<>();
        try (Load load = new Load(server)) {
            load.create(size, LENGTH, names);
            Batch askedFirst = load.ask(List.copyOf(names));
            for (int i = 1; i < BATCHES; i++) {
                batches.add(load.create(size, LENGTH, names));
                if (i % PROGRESS == 0) {
                    System.err.printf("%d uploads%n", names.size());
                }
            }
            List<Batch> first = batches.subList(0, COMPARED);
            List<Batch> last = batches.subList(batches.size() - COMPARED, batches.size());
            addCreations(figures, "at the start", first);
            addCreations(figures, "at the end", last);
            addAsked(figures, "at the start", askedFirst);
            addAsked(figures, "at the end", load.ask(sample(names, size)));
            figures.add(of("rate", "uploads/s", batches, Batch::perSecond));
        }
        add(figures, "memory at the end", "MiB", server.usage().resident() / MIB);
    }

    /** So many of all, in an order that is not that of their creation. */
    private static List<String> sample(List<String> names, int size) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(1));
        return List.copyOf(shuffled.subList(0, size));
    }

    private static void addCreations(List<Figure> figures, String when, List<Batch> batches) {
        figures.add(of("rate " + when, "uploads/s", batches, Batch::perSecond));
        figures.add(of("p99 " + when, "ms", batches, batch -> batch.latency(0.99)));
        figures.add(of("server cost " + when, "CPU s/1000", batches, Batch::cpuPerThousand));
    }

    private static void addAsked(List<Figure> figures, String when, Batch asked) {
        add(figures, "HEAD p50 " + when, "ms", asked.latency(0.5));
        add(figures, "HEAD p99 " + when, "ms", asked.latency(0.99));
    }

    private static Figure of(
            String name, String unit, List<Batch> batches, ToDoubleFunction<Batch> value) {
        return Figure.of(name, unit, batches.stream().mapToDouble(value).boxed().toList());
    }

    private static void add(List<Figure> figures, String name, String unit, double value) {
        figures.add(Figure.of(name, unit, List.of(value)));
    }
}
