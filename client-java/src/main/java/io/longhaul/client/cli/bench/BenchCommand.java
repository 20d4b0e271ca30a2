package io.longhaul.client.cli.bench;

import io.longhaul.client.cli.bench.cell.Site;
import io.longhaul.client.cli.bench.process.ServerProcess;
import io.longhaul.client.cli.bench.report.CellResult;
import io.longhaul.client.cli.bench.report.EndpointResult;
import io.longhaul.client.cli.bench.report.JsonReport;
import io.longhaul.client.cli.bench.report.TextReport;
import io.longhaul.client.cli.bench.wire.Payload;
import io.longhaul.client.cli.bench.wire.Watchdog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code longhaul bench}: measures tus endpoints, and what measuring them costs. */
@Command(
        name = "bench",
        description = "Measures tus endpoints: rates, latencies and what the servers cost.",
        sortOptions = false,
        footer = {
            "",
            "Cells:",
            "  bulk-1, bulk-N                     large uploads by one PATCH each",
            "  chunked, checksum                  by PATCHes of 5 MiB; with sha1 of each",
            "  small-1, small-8, small-64         10 KiB by POST and PATCH",
            "  with-upload-1, -8, -64             10 KiB by one POST",
            "  head                               HEAD over 8 connections",
            "  trickle                            latency of 10 KiB beside slow appends",
            "  download                           GET of a large upload",
            "A name without its number means all of its kind: --cells bulk,small-8",
            "",
            "Exit code 7 when requests failed, 3 when an endpoint cannot be measured at all."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int FAILED_REQUESTS = 7;
    private static final int NO_ENDPOINT = 3;

    @Mixin private BenchOptions options = new BenchOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = usable(options::plan);
        try (Watchdog watchdog = Watchdog.start(options.timeout());
                Interruption interruption = Interruption.watch(watchdog::closeAll);
                OutputStream json = openJson()) {
            List<MeasuredEndpoint> endpoints = new ArrayList<>();
            for (Site site : sites(watchdog, interruption)) {
                Optional<MeasuredEndpoint> endpoint = ask(site, endpoints.size());
                if (endpoint.isEmpty()) {
                    return NO_ENDPOINT;
                }
                endpoints.add(endpoint.get());
            }
            var benchmark =
                    new Benchmark(endpoints, plan, interruption::isRequested, this::progress);
            return report(benchmark.run(), json);
        }
    }

    private List<Site> sites(Watchdog watchdog, Interruption interruption) {
        Payload payload = new Payload();
        return usable(options::endpoints).stream()
                .map(endpoint -> new Site(endpoint, watchdog, payload, interruption::isRequested))
                .toList();
    }

    private Optional<MeasuredEndpoint> ask(Site site, int index) {
        Optional<ServerProcess> server = usable(() -> options.server(index));
        try {
            return Optional.of(new MeasuredEndpoint(site, site.offer(), server));
        } catch (UnknownHostException e) {
            tellUnmeasured(site, "no such host");
        } catch (IOException e) {
            tellUnmeasured(site, e.getMessage());
        }
        return Optional.empty();
    }

    private void tellUnmeasured(Site site, @Nullable String reason) {
        progress("%s cannot be measured: %s".formatted(site.endpoint().url(), reason));
    }

    private int report(List<CellResult> results, @Nullable OutputStream json) throws IOException {
        // What a program reads on standard output must not be mixed with what a person does.
        PrintWriter text = options.jsonOnStandardOutput() ? err() : out();
        TextReport.lines(options.urls(), results).forEach(text::println);
        text.flush();
        if (json != null) {
            JsonReport.write(json, options.settings(), options.urls(), results);
        }
        boolean failed =
                results.stream()
                        .flatMap(result -> result.endpoints().stream())
                        .anyMatch(EndpointResult::hasFailures);
        return failed ? FAILED_REQUESTS : 0;
    }

    /** Opened before the run: a path that cannot be written must not cost the figures. */
    private @Nullable OutputStream openJson() {
        return usable(options::openJson).orElse(null);
    }

    private <T> T usable(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command().commandLine(), e.getMessage(), e);
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
}
