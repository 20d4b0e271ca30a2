package io.longhaul.client.cli.bench;

import io.longhaul.client.cli.bench.cell.Amount;
import io.longhaul.client.cli.bench.cell.Cell;
import io.longhaul.client.cli.bench.cell.Cells;
import io.longhaul.client.cli.bench.process.OwnProcess;
import io.longhaul.client.cli.bench.process.ServerProcess;
import io.longhaul.client.cli.bench.tus.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a user asked for. Methods throw {@link IllegalArgumentException}, with a sentence for the
 * user, where it cannot be done.
 */
final class BenchOptions {

    private static final String DEFAULT = "Default: ${DEFAULT-VALUE}.";

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
            defaultValue = "256M",
            description = "Length of one large upload. " + DEFAULT)
    private long size;

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
            names = "--before-round",
            paramLabel = "COMMAND",
            description =
                    "A command to run before each round, such as sync: then no server pays for what"
                            + " the one before it left to be written. Default: none.")
    private String beforeRound = "";

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

    List<URI> urls() {
        return urls;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    Plan plan() {
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
        Cells all = new Cells(connections);
        List<Cell> chosen = cells.isEmpty() ? all.all() : all.named(cells);
        if (chosen.stream().anyMatch(Cells::isTrickling)) {
            OwnProcess.checkDescriptors(trickling);
        }
        Amount amount = new Amount(size, duration(seconds), trickling);
        return new Plan(chosen, amount, rounds, duration(warmUp), BeforeRound.of(beforeRound));
    }

    List<Endpoint> endpoints() {
        return urls.stream().map(url -> Endpoint.of(url, headers)).toList();
    }

    /** The process of the server behind one of the URLs, if it was given. */
    Optional<ServerProcess> server(int index) {
        return pids.isEmpty() ? Optional.empty() : Optional.of(ServerProcess.of(pids.get(index)));
    }

    boolean jsonOnStandardOutput() {
        return "-".equals(json);
    }

    /** Where JSON is to be written, if it is. */
    Optional<OutputStream> openJson() {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    json.equals("-") ? System.out : Files.newOutputStream(Path.of(json)));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + json, e);
        }
    }

    /** What the figures depend on, by name. */
    Map<String, Long> settings() {
        Map<String, Long> settings = new LinkedHashMap<>();
        settings.put("rounds", (long) rounds);
        settings.put("milliseconds", duration(seconds).toMillis());
        settings.put("size", size);
        settings.put("connections", (long) connections);
        settings.put("trickling", (long) trickling);
        settings.put("warmupMilliseconds", duration(warmUp).toMillis());
        return settings;
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
