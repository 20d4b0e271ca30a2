package io.longhaul.client.it;

import io.longhaul.server.testing.ChildProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The packaged command as a process, in a directory of its own, with its store in it. */
final class LonghaulCommand implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Its bit in a mask of signals. */
    private static final long SIGINT = 1L << 1;

    private final Process process;
    private final Path out;
    private final Path err;

    /** How a command ended and what it printed. */
    record Result(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private LonghaulCommand(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a command without input. */
    static LonghaulCommand start(Path directory, String... arguments) throws IOException {
        return start(
                directory,
                new ProcessBuilder(interruptible(words(arguments))),
                Path.of("/dev/null"));
    }

    /**
     * A command that hears SIGINT though the tests do not, as when a shell runs them in the
     * background: what a process ignores its children ignore too, and Java goes by that.
     */
    private static List<String> interruptible(List<String> command) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return command;
        }
        long ignored = 0;
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                ignored = Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
            }
        }
        if ((ignored & SIGINT) == 0) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.addAll(command);
        return words;
    }

    static Result run(Path directory, String... arguments) throws Exception {
        try (var command = start(directory, arguments)) {
            return command.result();
        }
    }

    /** Runs a command that reads a file as its input. */
    static Result runWithInput(Path directory, Path input, String... arguments) throws Exception {
        try (var command = start(directory, new ProcessBuilder(words(arguments)), input)) {
            return command.result();
        }
    }

    /** The words of a command line that runs the command. */
    static List<String> words(String... arguments) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar"));
        words.add(Objects.requireNonNull(System.getProperty("command.jar"), "command.jar"));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Where commands in a directory remember uploads. */
    static Path store(Path directory) {
        return directory.resolve("state/longhaul/uploads");
    }

    static Map<String, String> environment(Path directory) {
        return Map.of("XDG_STATE_HOME", directory.resolve("state").toString());
    }

    private static LonghaulCommand start(Path directory, ProcessBuilder builder, Path input)
            throws IOException {
        Path out = Files.createTempFile("longhaul", ".out");
        Path err = Files.createTempFile("longhaul", ".err");
        builder.directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment(directory));
        return new LonghaulCommand(ChildProcesses.start(builder), out, err);
    }

    /** Waits for the end. */
    Result result() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not ended in time\n" + output());
        }
        return new Result(process.exitValue(), text(out), text(err));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What was printed until now, on both. */
    String output() throws IOException {
        return text(out) + text(err);
    }

    /** What is there, also where it is no text. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** As a crash does (SIGKILL). */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
