package io.longhaul.benchmarks.cell;

import io.longhaul.benchmarks.cell.Load.Batch;
import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Appends of 1 MiB to a long upload and to short ones, in turn: what a write costs the system
 * depends on how much was written just before, and is the same for both that way.
 */
public final class GrowthByLength {

    private static final long CHUNK = 1 << 20;

    /** So many in a round that a clock of processor time in steps of 10 ms tells them apart. */
    private static final int APPENDS = 64;

    private static final int ROUNDS = 10;

    /** Rounds whose figures nobody sees: Java compiles meanwhile. */
    private static final int WARM_UP = 6;

    private final Scale scale;

    public GrowthByLength(Scale scale) {
        this.scale = scale;
    }

    /** Measures each server by itself. */
    public List<CellResult> measure(List<Peer> peers) {
        List<PeerResult> results = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                results.add(measure(peer));
            } catch (IOException e) {
                results.add(PeerResult.failed(peer.name(), e));
            }
        }
        return List.of(new CellResult("growth-length", results));
    }

    private PeerResult measure(Peer peer) throws IOException {
        List<Batch> toShort = new ArrayList<>();
        List<Batch> toLong = new ArrayList<>();
        long offset = scale.length();
        try (PeerProcess server = PeerProcess.start(peer, scale.work());
                Load load = new Load(server)) {
            for (int i = 0; i < WARM_UP; i++) {
                appendToShort(load);
            }
            String grown = load.create(offset + (ROUNDS + 1) * APPENDS * CHUNK);
            load.append(grown, 0, offset, 1);
            for (int i = 0; i < ROUNDS; i++) {
                toShort.add(appendToShort(load));
                toLong.add(load.append(grown, offset, CHUNK, APPENDS));
                offset += APPENDS * CHUNK;
            }
        }
        List<Figure> figures = new ArrayList<>();
        add(figures, "of a short one", toShort);
        add(figures, "of a long one", toLong);
        return PeerResult.of(peer.name(), 2 * ROUNDS * APPENDS, figures);
    }

    /** Leaves the upload incomplete, as the long one is. */
    private static Batch appendToShort(Load load) throws IOException {
        String upload = load.create((APPENDS + 2) * CHUNK);
        load.append(upload, 0, CHUNK, 1); // makes the file
        return load.append(upload, CHUNK, CHUNK, APPENDS);
    }

    private static void add(List<Figure> figures, String which, List<Batch> batches) {
        figures.add(of("p50 " + which, "ms", batches, batch -> batch.latency(0.5)));
        figures.add(of("p99 " + which, "ms", batches, batch -> batch.latency(0.99)));
        figures.add(of("server cost " + which, "CPU s/GiB", batches, Batch::cpuPerGibibyte));
    }

    private static Figure of(
            String name, String unit, List<Batch> batches, ToDoubleFunction<Batch> value) {
        return Figure.of(name, unit, batches.stream().mapToDouble(value).boxed().toList());
    }
}
