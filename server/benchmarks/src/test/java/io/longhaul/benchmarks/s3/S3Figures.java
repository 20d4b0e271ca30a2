package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.Longhaul;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Machine;
import io.longhaul.benchmarks.report.MarkdownReport;
import io.longhaul.benchmarks.report.PeerDescription;
import io.longhaul.benchmarks.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures servers on an S3-compatible store and writes what it found as JSON and Markdown, after
 * each part of the run; docs/benchmarks/s3.md says what each option is for.
 */
@Command(name = "s3-figures", sortOptions = false)
public final class S3Figures implements Callable<Integer> {

    private static final List<String> ALL = List.of("rate", "slow", "takeover");

    @Option(names = "--parts", split = ",")
    private List<String> parts = ALL;

    @Option(names = "--rounds")
    private int rounds = 7;

    @Option(names = "--size-mib")
    private long sizeMib = 256;

    @Option(names = "--slow")
    private int slow = 2000;

    @Option(names = "--slow-seconds")
    private int slowSeconds = 60;

    @Option(names = "--takeovers")
    private int takeovers = 200;

    @Option(names = "--prepare", arity = "1")
    private boolean prepare = true;

    @Option(names = "--out", required = true)
    private Path out = Path.of(".");

    @Option(names = "--work", required = true)
    private Path work = Path.of(".");

    private final List<CellResult> results = new ArrayList<>();

    S3Figures() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new S3Figures()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant begun = Instant.now();
        Path directory = Files.createDirectories(work.toAbsolutePath());
        Map<String, String> machine = Machine.describe(directory);
        Longhaul longhaul = Longhaul.install(directory.resolve("longhaul"), prepare);
        try (Store store = Store.start(longhaul, directory)) {
            for (String part : parts) {
                results.addAll(measure(part, store));
                write(begun, machine, store);
            }
        }
        return 0;
    }

    private List<CellResult> measure(String part, Store store)
            throws IOException, InterruptedException {
        return switch (part) {
            case "rate" -> new UploadRate(store, rounds, sizeMib << 20).measure();
            case "slow" -> new SlowUploads(store, slow, Duration.ofSeconds(slowSeconds)).measure();
            case "takeover" -> new Takeover(store, takeovers).measure();
            default -> throw new IllegalArgumentException("%s is none of %s".formatted(part, ALL));
        };
    }

    private void write(Instant begun, Map<String, String> machine, Store store) throws IOException {
        Run run =
                new Run(
                        Run.time(begun),
                        Run.time(Instant.now()),
                        machine,
                        toString(),
                        List.of(
                                PeerDescription.of(store.calling()),
                                PeerDescription.of(store.alone()),
                                SdkUploads.DESCRIPTION),
                        Map.of(),
                        List.copyOf(results));
        run.write(out, "-s3", MarkdownReport.figures(run));
    }

    @Override
    public String toString() {
        return "--parts=%s --rounds=%d --size-mib=%d --slow=%d --slow-seconds=%d --takeovers=%d%s"
                .formatted(
                        String.join(",", parts),
                        rounds,
                        sizeMib,
                        slow,
                        slowSeconds,
                        takeovers,
                        prepare ? "" : " --prepare=false");
    }
}
