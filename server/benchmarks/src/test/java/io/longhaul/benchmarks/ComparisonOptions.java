package io.longhaul.benchmarks;

import io.longhaul.benchmarks.cell.Scale;
import io.longhaul.benchmarks.peer.Longhaul;
import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.Peers;
import io.longhaul.benchmarks.peer.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is compared, and how much of it; docs/benchmarks says what each option is for. */
final class ComparisonOptions {

    static final String ALL = "all";
    static final String START = "start";
    static final String LENGTH = "length";
    static final String UPLOADS = "uploads";

    private static final String TRICKLE = "trickle";
    private static final List<String> LARGE = List.of("bulk", "chunked", "checksum", "download");
    private static final List<String> SMALL = List.of("small", "with-upload", "head");

    @Option(names = "--cells", split = ",")
    private List<String> cells = List.of(ALL);

    @Option(names = "--peers", split = ",")
    private List<String> peers = List.of(ALL);

    @Option(names = "--growing", split = ",")
    private List<String> growing = List.of(Peers.POWER_LOSS, Peers.PROCESS_CRASH);

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--seconds")
    private double seconds = 2;

    @Option(names = "--size")
    private String size = "512M";

    @Option(names = "--quiet-seconds")
    private int quietSeconds = 5;

    @Option(names = "--trickling", split = ",")
    private List<Integer> trickling = List.of(2000, 10_000);

    @Option(names = "--uploads")
    private int uploads = 1_000_000;

    @Option(names = "--length-mib")
    private long lengthMib = 4096;

    @Option(names = "--out", required = true)
    private Path out = Path.of(".");

    @Option(names = "--work", required = true)
    private Path work = Path.of(".");

    @Option(names = "--tools")
    private Path tools = Tools.defaultDirectory();

    @Option(names = "--prepare", arity = "1")
    private boolean prepare = true;

    @Option(names = "--longhaul-options", arity = "0..1")
    private String longhaulOptions = "";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    Scale scale() {
        return new Scale(
                rounds,
                seconds,
                size,
                Duration.ofSeconds(quietSeconds),
                uploads,
                lengthMib << 20,
                work.toAbsolutePath());
    }

    Path out() {
        return out;
    }

    /** Looks for the peers, and installs our own. */
    Peers find() throws IOException {
        Longhaul longhaul = Longhaul.install(work.toAbsolutePath().resolve("longhaul"), prepare);
        return Peers.find(new Tools(tools.toAbsolutePath()), longhaul, longhaulOptions);
    }

    /** The peers that were asked for and are there; it is a mistake to ask for another by name. */
    List<Peer> chosen(Peers found) {
        List<Peer> chosen =
                found.available().stream()
                        .filter(peer -> peers.contains(ALL) || peers.contains(peer.name()))
                        .toList();
        if (!peers.contains(ALL) && chosen.size() < peers.size()) {
            throw new ParameterException(
                    command().commandLine(),
                    "of %s there are only %s; missing are %s"
                            .formatted(
                                    peers,
                                    chosen.stream().map(Peer::name).toList(),
                                    found.missing()));
        }
        return chosen;
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    /** Those of which it is shown that their costs do not grow. */
    List<Peer> growing(List<Peer> chosen) {
        return chosen.stream().filter(peer -> growing.contains(peer.name())).toList();
    }

    /** Whether a part was asked for; the million uploads have to be asked for by name. */
    boolean wants(String part) {
        return cells.contains(part) || (cells.contains(ALL) && !part.equals(UPLOADS));
    }

    /** The cells of the bench, in the groups that share one start of the servers. */
    List<List<String>> benchCells() {
        List<String> large = new ArrayList<>();
        List<String> small = new ArrayList<>();
        for (String cell : cells) {
            if (cell.equals(ALL)) {
                large.addAll(LARGE);
                small.addAll(SMALL);
            } else if (SMALL.stream().anyMatch(cell::startsWith)) {
                small.add(cell);
            } else if (!List.of(START, LENGTH, UPLOADS, TRICKLE).contains(cell)) {
                large.add(cell);
            }
        }
        return Stream.of(large, small).filter(group -> !group.isEmpty()).toList();
    }

    List<Integer> trickling() {
        return wants(TRICKLE) ? trickling : List.of();
    }

    @Override
    public String toString() {
        return "--cells=%s --peers=%s --growing=%s --rounds=%d --seconds=%s --size=%s"
                        .formatted(
                                String.join(",", cells),
                                String.join(",", peers),
                                String.join(",", growing),
                                rounds,
                                seconds,
                                size)
                + " --quiet-seconds=%d --trickling=%s --uploads=%d --length-mib=%d"
                        .formatted(quietSeconds, trickling, uploads, lengthMib)
                + " --prepare=%s --longhaul-options=%s".formatted(prepare, longhaulOptions);
    }
}
