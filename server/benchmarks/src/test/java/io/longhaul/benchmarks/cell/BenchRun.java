package io.longhaul.benchmarks.cell;

import io.longhaul.benchmarks.peer.Peer;
import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.peer.Tools;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import io.longhaul.server.testing.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cells of {@code longhaul bench}, over freshly started servers in turn (A B A B). */
public final class BenchRun {

    /** Rounds' worth of seconds: what Java needs to compile what it runs. */
    private static final int WARM_UP = 6;

    private static final String SYNC = "sync";
    private static final int SUCCESS = 0;
    private static final int FAILED_REQUESTS = 7;

    /** Seconds without any movement after which a server has failed. */
    private static final String PATIENCE = "20";

    /** Cells that write so much that it matters which memory they get for it. */
    private static final List<String> WRITING_MUCH = List.of("bulk", "chunked", "checksum");

    /** One round so many times as long: 50 uploads a second make a p99 only in time. */
    private static final double TRICKLING = 5;

    private final Scale scale;
    private final JsonMapper mapper = new JsonMapper();

    public BenchRun(Scale scale) {
        this.scale = scale;
    }

    /** Measures cells, named as the bench names them. */
    public List<CellResult> measure(List<Peer> peers, List<String> cells) throws IOException {
        List<String> options = new ArrayList<>(List.of("--cells", String.join(",", cells)));
        options.addAll(List.of("--seconds", Double.toString(scale.seconds())));
        options.addAll(List.of("--before-round", beforeRound(cells)));
        return measure(peers, options, scale.rounds());
    }

    private String beforeRound(List<String> cells) {
        return cells.stream().anyMatch(cell -> WRITING_MUCH.stream().anyMatch(cell::startsWith))
                ? "src/scripts/before-large-round.sh " + scale.size()
                : SYNC;
    }

    /** Measures a fresh small upload beside many that trickle, in one round. */
    public List<CellResult> measureTrickling(List<Peer> peers, int trickling) throws IOException {
        List<String> options = new ArrayList<>(List.of("--cells", "trickle"));
        options.addAll(List.of("--trickling", Integer.toString(trickling)));
        options.addAll(List.of("--seconds", Double.toString(TRICKLING * scale.seconds())));
        options.addAll(List.of("--before-round", SYNC));
        return measure(peers, options, 1).stream()
                .map(cell -> new CellResult(cell.cell() + "-" + trickling, cell.peers()))
                .toList();
    }

    private List<CellResult> measure(List<Peer> peers, List<String> options, int rounds)
            throws IOException {
        List<PeerProcess> servers = new ArrayList<>();
        List<PeerResult> failed = new ArrayList<>();
        Path json = Files.createTempFile(scale.work(), "bench", ".json");
        try {
            for (Peer peer : peers) {
                start(peer, servers, failed);
            }
            run(command(servers, options, rounds, json));
            return results(mapper.readTree(json.toFile()), servers, failed);
        } finally {
            servers.forEach(PeerProcess::close);
            Files.delete(json);
        }
    }

    /** One that does not start is no reason not to measure the others. */
    private void start(Peer peer, List<PeerProcess> servers, List<PeerResult> failed) {
        try {
            servers.add(PeerProcess.start(peer, scale.work()));
        } catch (IOException e) {
            failed.add(PeerResult.failed(peer.name(), e));
        }
    }

    private List<String> command(
            List<PeerProcess> servers, List<String> options, int rounds, Path json) {
        List<String> words = new ArrayList<>(List.of(Tools.java(), "-jar", commandJar(), "bench"));
        servers.forEach(server -> words.add(server.uploads().toString()));
        for (PeerProcess server : servers) {
            words.addAll(List.of("--pid", Long.toString(server.pid())));
        }
        words.addAll(List.of("--rounds", Integer.toString(rounds)));
        words.addAll(List.of("--warmup", Double.toString(WARM_UP * scale.seconds())));
        words.addAll(List.of("--size", scale.size(), "--timeout", PATIENCE));
        words.addAll(List.of("--json", json.toString()));
        words.addAll(options);
        return words;
    }

    private void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("WORK", scale.work().toString()); // a path may have spaces
        try {
            Process bench = ChildProcesses.start(builder);
            bench.getInputStream().transferTo(System.err);
            int exit = bench.waitFor();
            if (exit != SUCCESS && exit != FAILED_REQUESTS) {
                throw new IOException("the bench ended with " + exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static List<CellResult> results(
            JsonNode report, List<PeerProcess> servers, List<PeerResult> failed) {
        List<CellResult> results = new ArrayList<>();
        for (JsonNode cell : report.path("cells")) {
            List<PeerResult> endpoints = new ArrayList<>();
            for (int i = 0; i < servers.size(); i++) {
                String name = servers.get(i).peer().name();
                endpoints.add(result(name, cell.path("endpoints").path(i)));
            }
            endpoints.addAll(failed);
            results.add(new CellResult(cell.path("cell").asString(), endpoints));
        }
        return results;
    }

    private static PeerResult result(String peer, JsonNode endpoint) {
        List<Figure> figures = new ArrayList<>();
        for (JsonNode figure : endpoint.path("figures")) {
            List<Double> rounds = new ArrayList<>();
            figure.path("rounds").forEach(round -> rounds.add(round.asDouble()));
            figures.add(
                    Figure.of(
                            figure.path("figure").asString(),
                            figure.path("unit").asString(),
                            rounds));
        }
        return new PeerResult(
                peer,
                text(endpoint, "notOffered").orElse(null),
                endpoint.path("operations").asLong(),
                endpoint.path("failures").asLong(),
                text(endpoint, "firstFailure").orElse(null),
                figures);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.has(name) ? Optional.of(node.path(name).asString()) : Optional.empty();
    }

    private static String commandJar() {
        return Objects.requireNonNull(System.getProperty("command.jar"), "command.jar");
    }
}
