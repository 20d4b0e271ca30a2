package io.longhaul.server.testing.s3;

import io.longhaul.server.testing.CephPrograms;
import io.longhaul.server.testing.ChildProcesses;
import io.longhaul.server.testing.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** The processes of one Ceph, which have a directory in common. For one thread. */
final class CephDaemons implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int LAST_LINES = 50;

    private final Path directory;
    private final CephPrograms programs;
    private final Map<String, String> environment;
    private final Map<String, Process> running = new LinkedHashMap<>();

    /**
     * @param directory has the configuration, ceph.conf
     */
    CephDaemons(Path directory, CephPrograms programs) {
        this.directory = directory;
        this.programs = programs;
        this.environment = new HashMap<>(programs.environment());
        environment.put("CEPH_CONF", directory.resolve("ceph.conf").toString());
    }

    /** Runs a program that ends by itself, and fails when it fails. */
    void run(String program, String... arguments) throws IOException, InterruptedException {
        Command.start(directory, environment, words(program, arguments)).result(LIMIT);
    }

    /** Starts a daemon and does not wait. */
    void start(String program, String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words(program, arguments))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log(program).toFile());
        builder.environment().putAll(environment);
        running.put(program, ChildProcesses.start(builder));
    }

    private String[] words(String program, String... arguments) {
        return Stream.concat(Stream.of(programs.program(program)), Stream.of(arguments))
                .toArray(String[]::new);
    }

    boolean areAlive() {
        return running.values().stream().allMatch(Process::isAlive);
    }

    private Path log(String program) {
        return directory.resolve(program + ".log");
    }

    /** The last lines that each has printed, and whether it still runs. */
    String state() throws IOException {
        StringBuilder state = new StringBuilder();
        for (Map.Entry<String, Process> each : running.entrySet()) {
            Process process = each.getValue();
            String now = process.isAlive() ? "runs" : "ended with " + process.exitValue();
            state.append("%s %s. It printed:%n".formatted(each.getKey(), now));
            List<String> lines = lines(log(each.getKey()));
            int first = Math.max(0, lines.size() - LAST_LINES);
            lines.subList(first, lines.size())
                    .forEach(line -> state.append(line).append(System.lineSeparator()));
        }
        return state.toString();
    }

    /** Without the empty line that Ceph prints after each, and whatever bytes there are. */
    private static List<String> lines(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Kills them, the latest first, and deletes the directory. */
    @Override
    public void close() {
        for (Process process : List.copyOf(running.values()).reversed()) {
            process.destroyForcibly()
                    .onExit()
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        FileUtils.deleteQuietly(directory.toFile());
    }
}
