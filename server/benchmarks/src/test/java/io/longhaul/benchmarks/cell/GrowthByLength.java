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

/** Appends of 1 MiB to one upload at its start, and again when it has grown long. */
public final class GrowthByLength {

    private static final long CHUNK = 1 << 20;

    /** So many that a clock of processor time in steps of 10 ms tells them apart. */
    private static final int APPENDS = 256;

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
        List<Figure> figures = new ArrayList<>();
        long appended = APPENDS * CHUNK;
        long total = 3 * appended + scale.length();
        try (PeerProcess server = PeerProcess.start(peer, scale.work());
                Load load = new Load(server)) {
            String upload = load.create(total);
            load.append(upload, 0, CHUNK, APPENDS); // warms the server up
            add(figures, "at the start", load.append(upload, appended, CHUNK, APPENDS));
            load.append(upload, 2 * appended, scale.length(), 1);
            long end = 2 * appended + scale.length();
            add(figures, "at the end", load.append(upload, end, CHUNK, APPENDS));
        }
        return PeerResult.of(peer.name(), 2 * APPENDS, figures);
    }

    private static void add(List<Figure> figures, String when, Batch batch) {
        add(figures, "p50 " + when, "ms", batch.latency(0.5));
        add(figures, "p99 " + when, "ms", batch.latency(0.99));
        add(figures, "server cost " + when, "CPU s/GiB", batch.cpuPerGibibyte());
    }

    private static void add(List<Figure> figures, String name, String unit, double value) {
        figures.add(Figure.of(name, unit, List.of(value)));
    }
}
