package io.longhaul.client.cli.bench;

import io.longhaul.client.cli.bench.cell.Amount;
import io.longhaul.client.cli.bench.cell.Cells;
import io.longhaul.client.cli.bench.cell.Site;
import io.longhaul.client.cli.bench.process.OwnProcess;
import io.longhaul.client.cli.bench.process.ServerProcess;
import io.longhaul.client.cli.bench.report.CellResult;
import io.longhaul.client.cli.bench.report.EndpointResult;
import io.longhaul.client.cli.bench.report.JsonReport;
import io.longhaul.client.cli.bench.report.TextReport;
import io.longhaul.client.cli.bench.tus.Endpoint;
import io.longhaul.client.cli.bench.wire.Payload;
import io.longhaul.client.cli.bench.wire.Watchdog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longhaul bench}: measures tus endpoints, and what measuring them costs. */
@Command(
        name = "bench",
        description = "Measures tus endpoints: rates, latencies and what the servers cost.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Cells: bulk-1 and bulk-N (one PATCH for each upload), chunked (PATCHes of 5 MiB),",
            "checksum (the same with sha1), small-1, -8, -64 (10 KiB by POST and PATCH),",
            "with-upload-1, -8, -64 (10 KiB by one POST), head, trickle, download.",
            "A name without its number means all of its kind.",
            "",
            "Exit codes: 0 all went well, 1 requests failed, 2 wrong arguments,",
            "3 an endpoint cannot be measured at all."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int FAILED_REQUESTS = 1;
    private static final int NO_ENDPOINT = 3;

    @Parameters(
            paramLabel = "URL",
            arity = "1..*",
            description = "Where uploads are created, for example http://localhost:8080/files.")
    private List<URI> urls = List.of();

    @Option(
            names = "--cells",
            split = ",",
            paramLabel = "NAME",
            description = "What to measure, separated by commas. Default: everything.")
    private List<String> cells = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each cell. " + DEFAULT)
    private int rounds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds of each round, where a cell has no size. " + DEFAULT)
    private double seconds = 5;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description = "Length of one large upload. " + DEFAULT)
    private long size = 256L << 20;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Connections of the parallel bulk upload. " + DEFAULT)
    private int connections = 4;

    @Option(
            names = "--trickling",
            paramLabel = "N",
            description = "Connections that send a little now and then. " + DEFAULT)
    private int trickling = 1000;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description = "Seconds before the first round of each cell. " + DEFAULT)
    private double warmUp = 2;

    @Option(
            names = "--timeout",
            paramLabel = "N",
            description = "Seconds in which something must move. " + DEFAULT)
    private int timeout = 30;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description =
                    "Process of the server, to measure its cost (Linux); once for each URL, in"
                            + " their order.")
    private List<Long> pids = List.of();

    @Option(
            names = "--header",
            paramLabel = "HEADER",
            description = "A header of every request, as \"Name: value\"; repeatable.")
    private List<String> headers = List.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures of all rounds there; - is standard output.")
    private @Nullable String json;

    @Spec private @Nullable CommandSpec spec;

    private static final String DEFAULT = "Default: ${DEFAULT-VALUE}.";

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = plan();
        try (Watchdog watchdog = Watchdog.start(Duration.ofSeconds(timeout));
                Interruption interruption = Interruption.watch(watchdog::closeAll);
                OutputStream jsonOut = openJson()) {
            List<Site> sites = sites(watchdog, interruption);
            List<MeasuredEndpoint> endpoints = new ArrayList<>();
            for (int i = 0; i < sites.size(); i++) {
                Optional<MeasuredEndpoint> endpoint = ask(sites.get(i), server(i));
                if (endpoint.isEmpty()) {
                    return NO_ENDPOINT;
                }
                endpoints.add(endpoint.get());
            }
            var benchmark =
                    new Benchmark(endpoints, plan, interruption::isRequested, this::progress);
            return report(benchmark.run(), jsonOut);
        }
    }

    private Plan plan() {
        check(rounds >= 1, "--rounds must be at least 1");
        check(seconds > 0, "--seconds must be more than 0");
        check(size >= 1, "--size must be at least 1");
        check(connections >= 1, "--connections must be at least 1");
        check(trickling >= 1, "--trickling must be at least 1");
        check(warmUp >= 0, "--warmup must not be less than 0");
        check(timeout >= 1, "--timeout must be at least 1");
        check(
                pids.isEmpty() || pids.size() == urls.size(),
                "%d --pid for %d URLs".formatted(pids.size(), urls.size()));
        return plan(new Amount(size, duration(seconds), trickling));
    }

    private Plan plan(Amount amount) {
        Cells all = new Cells(connections);
        return usable(
                () -> {
                    var chosen = cells.isEmpty() ? all.all() : all.named(cells);
                    if (chosen.stream().anyMatch(cell -> cell.name().equals("trickle"))) {
                        OwnProcess.checkDescriptors(trickling);
                    }
                    return new Plan(chosen, amount, rounds, duration(warmUp));
                });
    }

    private List<Site> sites(Watchdog watchdog, Interruption interruption) {
        Payload payload = new Payload();
        return usable(
                () ->
                        urls.stream()
                                .map(url -> Endpoint.of(url, headers))
                                .map(
                                        endpoint ->
                                                new Site(
                                                        endpoint,
                                                        watchdog,
                                                        payload,
                                                        interruption::isRequested))
                                .toList());
    }

    private Optional<ServerProcess> server(int index) {
        return pids.isEmpty()
                ? Optional.empty()
                : Optional.of(usable(() -> ServerProcess.of(pids.get(index))));
    }

    private Optional<MeasuredEndpoint> ask(Site site, Optional<ServerProcess> server) {
        try {
            return Optional.of(new MeasuredEndpoint(site, site.offer(), server));
        } catch (UnknownHostException e) {
            progress("%s cannot be measured: no such host".formatted(site.endpoint().url()));
        } catch (IOException e) {
            progress("%s cannot be measured: %s".formatted(site.endpoint().url(), e.getMessage()));
        }
        return Optional.empty();
    }

    private int report(List<CellResult> results, @Nullable OutputStream jsonOut)
            throws IOException {
        // What a program reads on standard output must not be mixed with what a person does.
        PrintWriter text = "-".equals(json) ? err() : out();
        TextReport.lines(urls, results).forEach(text::println);
        text.flush();
        if (jsonOut != null) {
            JsonReport.write(jsonOut, settings(), urls, results);
        }
        boolean failed =
                results.stream()
                        .flatMap(result -> result.endpoints().stream())
                        .anyMatch(EndpointResult::hasFailures);
        return failed ? FAILED_REQUESTS : 0;
    }

    private Map<String, Long> settings() {
        Map<String, Long> settings = new LinkedHashMap<>();
        settings.put("rounds", (long) rounds);
        settings.put("milliseconds", duration(seconds).toMillis());
        settings.put("size", size);
        settings.put("connections", (long) connections);
        settings.put("trickling", (long) trickling);
        settings.put("warmupMilliseconds", duration(warmUp).toMillis());
        return settings;
    }

    /** Opened before the run: a path that cannot be written must not cost the figures. */
    private @Nullable OutputStream openJson() throws IOException {
        if (json == null) {
            return null;
        }
        return json.equals("-") ? System.out : Files.newOutputStream(Path.of(json));
    }

    private <T> T usable(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), e.getMessage(), e);
        }
    }

    private void check(boolean right, String message) {
        if (!right) {
            throw new ParameterException(command().commandLine(), message);
        }
    }

    private void progress(String line) {
        err().println(line);
        err().flush();
    }

    private PrintWriter out() {
        return command().commandLine().getOut();
    }

    private PrintWriter err() {
        return command().commandLine().getErr();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
