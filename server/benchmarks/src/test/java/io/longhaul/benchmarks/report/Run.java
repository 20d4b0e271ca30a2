package io.longhaul.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run, with all that its figures depend on.
 *
 * @param command the options it was started with
 * @param missing peers that took no part, with the reason
 */
public record Run(
        String begun,
        String ended,
        Map<String, String> machine,
        String command,
        List<PeerDescription> peers,
        Map<String, String> missing,
        List<CellResult> cells) {

    /** A time as a run has it. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Writes the figures as JSON, and a page beside them, both named by when the run began.
     *
     * @param ending of the name, which tells runs of different kinds apart
     */
    public void write(Path directory, String ending, List<String> page) throws IOException {
        Files.createDirectories(directory);
        String name = begun.replace(":", "").replace("-", "") + ending;
        Path json = directory.resolve(name + ".json");
        Path markdown = directory.resolve(name + ".md");
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(json.toFile(), this);
        Files.write(markdown, page);
        System.err.printf("%s%n%s%n", json, markdown);
    }

    /** A figure of a cell at a peer, if it was measured. */
    public Optional<Figure> figure(String cell, String peer, String figure) {
        return cells.stream()
                .filter(result -> result.cell().equals(cell))
                .flatMap(result -> result.peer(peer).stream())
                .flatMap(result -> result.figure(figure).stream())
                .findAny();
    }

    /** Whether requests of a cell failed at a peer: its figures are no measure for others then. */
    boolean failed(String cell, String peer) {
        return cells.stream()
                .filter(result -> result.cell().equals(cell))
                .flatMap(result -> result.peer(peer).stream())
                .anyMatch(result -> result.failures() > 0);
    }

    /** The names of the peers of a kind. */
    public List<String> named(String kind) {
        return peers.stream()
                .filter(peer -> peer.kind().equals(kind))
                .map(PeerDescription::name)
                .toList();
    }
}
