package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The strace program, from the machine or from Debian's packages. It writes down the calls of a
 * process and its threads in their exact order: a call's line comes before the kernel runs it, or
 * the line says when it ended.
 */
public final class StraceCommand {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path INSTALLED = Path.of("/usr/bin/strace");

    private final List<String> program;

    private StraceCommand(List<String> program) {
        this.program = program;
    }

    /**
     * Finds or fetches it; where that fails, or tracing is forbidden, prints why the tests that
     * need it are skipped.
     */
    public static Optional<StraceCommand> find() throws InterruptedException {
        try {
            StraceCommand strace = new StraceCommand(program());
            strace.tryOut();
            return Optional.of(strace);
        } catch (IOException | AssertionError e) {
            System.err.println(
                    "SKIPPED: tests of power cuts. strace cannot be had or may not trace here: "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> program() throws IOException, InterruptedException {
        DebianProgram strace = new DebianProgram(INSTALLED, "strace", "libunwind8");
        if (strace.isInstalled()) {
            return List.of(INSTALLED.toString());
        }
        strace.fetch();
        try (Stream<Path> files = Files.walk(strace.root())) {
            Path libraries =
                    files.filter(file -> file.endsWith("libunwind.so.8"))
                            .findFirst()
                            .map(Path::getParent)
                            .orElseThrow(() -> new IOException("no libunwind in its package"));
            String variable = "LD_LIBRARY_PATH";
            return List.of(
                    "env",
                    variable + "=" + libraries,
                    strace.unpacked().toString(),
                    "-E",
                    variable); // the traced program does not see it
        }
    }

    private void tryOut() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("strace");
        Path trace = directory.resolve("trace");
        try {
            List<String> words = new ArrayList<>(tracing(List.of("openat"), trace));
            words.add("true");
            Command.start(directory, Map.of(), words.toArray(String[]::new)).result(LIMIT);
        } finally {
            FileUtils.deleteQuietly(directory.toFile());
        }
    }

    /**
     * What to put before a command so that it is traced. The process is the command's own; the
     * tracer ends by itself when the command has.
     *
     * @param calls their names
     * @param trace the file that lines are added to
     */
    public List<String> tracing(List<String> calls, Path trace) {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of("-D", "-f", "--seccomp-bpf", "-yy", "-xx", "-s", "16777216"));
        words.addAll(List.of("-e", "signal=SIGKILL", "-e", "trace=" + String.join(",", calls)));
        words.addAll(List.of("-A", "-o", trace.toString()));
        return List.copyOf(words);
    }
}
