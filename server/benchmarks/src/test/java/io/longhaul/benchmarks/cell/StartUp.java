package io.longhaul.benchmarks.cell;

import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.peer.Usage;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Time from the start of a process to its first answer, and what it holds when left alone. */
public final class StartUp {

    private static final double MIB = 1 << 20;

    private final Scale scale;

    public StartUp(Scale scale) {
        this.scale = scale;
    }

    /** Starts each server once in every round. */
    public List<CellResult> measure(List<Peer> peers) {
        Map<Peer, Starts> all = new LinkedHashMap<>();
        peers.forEach(peer -> all.put(peer, new Starts()));
        for (int round = 0; round < scale.rounds(); round++) {
            all.forEach(this::start);
        }
        return List.of(cell("start-up", all, StartUp::startUp), cell("idle", all, StartUp::idle));
    }

    /** One that does not start is no reason not to measure the others. */
    private void start(Peer peer, Starts starts) {
        try (PeerProcess server = PeerProcess.start(peer, scale.work())) {
            Thread.sleep(scale.quiet());
            starts.done.add(new Started(server.startUp(), server.usage()));
        } catch (IOException e) {
            starts.failed.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static CellResult cell(String name, Map<Peer, Starts> all, Figures figures) {
        List<PeerResult> results = new ArrayList<>();
        all.forEach((peer, starts) -> results.add(result(peer.name(), starts, figures)));
        return new CellResult(name, results);
    }

    private static PeerResult result(String peer, Starts starts, Figures figures) {
        return starts.failed.isEmpty()
                ? PeerResult.of(peer, starts.done.size(), figures.of(starts.done))
                : PeerResult.failed(peer, starts.failed.getFirst());
    }

    private static List<Figure> startUp(List<Started> rounds) {
        return List.of(figure("start-up", "ms", rounds, r -> r.startUp().toNanos() / 1e6));
    }

    private static List<Figure> idle(List<Started> rounds) {
        return List.of(
                figure("memory", "MiB", rounds, r -> r.usage().resident() / MIB),
                figure("proportional memory", "MiB", rounds, r -> r.usage().proportional() / MIB),
                figure("threads", "", rounds, r -> r.usage().threads()));
    }

    private static Figure figure(
            String name, String unit, List<Started> rounds, ToDoubleFunction<Started> value) {
        return Figure.of(name, unit, rounds.stream().mapToDouble(value).boxed().toList());
    }

    private interface Figures {
        List<Figure> of(List<Started> rounds);
    }

    private static final class Starts {
        private final List<Started> done = new ArrayList<>();
        private final List<IOException> failed = new ArrayList<>();
    }

    private record Started(Duration startUp, Usage usage) {}
}
