package io.longhaul.benchmarks;

import io.longhaul.benchmarks.cell.BenchRun;
import io.longhaul.benchmarks.cell.GrowthByLength;
import io.longhaul.benchmarks.cell.GrowthByUploads;
import io.longhaul.benchmarks.cell.Scale;
import io.longhaul.benchmarks.cell.StartUp;
import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.Peers;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Machine;
import io.longhaul.benchmarks.report.MarkdownReport;
import io.longhaul.benchmarks.report.PeerDescription;
import io.longhaul.benchmarks.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures Longhaul beside other servers and writes what it found as JSON and Markdown, after each
 * part of the run.
 */
@Command(name = "comparison", sortOptions = false)
public final class Comparison implements Callable<Integer> {

    @Mixin private ComparisonOptions options = new ComparisonOptions();

    private final List<CellResult> results = new ArrayList<>();

    Comparison() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Comparison()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Instant begun = Instant.now();
        Scale scale = options.scale();
        Files.createDirectories(scale.work());
        Map<String, String> machine = Machine.describe(scale.work());
        Peers found = options.find();
        List<Peer> peers = options.chosen(found);
        for (Part part : parts(scale, peers)) {
            results.addAll(part.measure());
            write(begun, machine, found, peers);
        }
        return 0;
    }

    /** Each has servers of its own, so that none begins with the memory of another. */
    private List<Part> parts(Scale scale, List<Peer> peers) {
        BenchRun bench = new BenchRun(scale);
        List<Part> parts = new ArrayList<>();
        options.benchCells().forEach(cells -> parts.add(() -> bench.measure(peers, cells)));
        options.trickling().forEach(count -> parts.add(() -> bench.measureTrickling(peers, count)));
        if (options.wants(ComparisonOptions.START)) {
            parts.add(() -> new StartUp(scale).measure(peers));
        }
        if (options.wants(ComparisonOptions.LENGTH)) {
            parts.add(() -> new GrowthByLength(scale).measure(options.growing(peers)));
        }
        if (options.wants(ComparisonOptions.UPLOADS)) {
            parts.add(() -> new GrowthByUploads(scale).measure(options.growing(peers)));
        }
        return parts;
    }

    /** Writes what there is so far: a run that is ended early keeps its complete parts. */
    private void write(Instant begun, Map<String, String> machine, Peers found, List<Peer> peers)
            throws IOException {
        Run run =
                new Run(
                        Run.time(begun),
                        Run.time(Instant.now()),
                        machine,
                        options.toString(),
                        peers.stream().map(PeerDescription::of).toList(),
                        found.missing(),
                        List.copyOf(results));
        run.write(options.out(), "", MarkdownReport.lines(run));
    }

    /** What shares one start of the servers. */
    private interface Part {
        List<CellResult> measure() throws IOException;
    }
}
