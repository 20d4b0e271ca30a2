package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/** A command of the operating system that was started. Not thread-safe. */
public final class Command implements AutoCloseable {

    private final List<String> words;
    private final Process process;
    private final Path output;
    private final Path errors;

    private Command(List<String> words, Process process, Path output, Path errors) {
        this.words = words;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts a command in a directory, with additions to this process's environment. */
    public static Command start(Path directory, Map<String, String> environment, String... words)
            throws IOException {
        Path output = Files.createTempFile("command", ".out");
        Path errors = Files.createTempFile("command", ".err");
        var builder =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new Command(List.of(words), ChildProcesses.start(builder), output, errors);
    }

    /** What the command printed, once it has ended well; fails if it did not within the limit. */
    public String result(Duration limit) throws IOException, InterruptedException {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(failure(ended));
            }
            return Files.readString(output);
        } finally {
            close();
        }
    }

    /** What the command has printed so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** Ends the command, if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
        FileUtils.deleteQuietly(output.toFile());
        FileUtils.deleteQuietly(errors.toFile());
    }

    private String failure(boolean ended) throws IOException {
        return "%s %s.%nIt printed:%n%s%n%s"
                .formatted(
                        words,
                        ended ? "ended with " + process.exitValue() : "did not end in time",
                        Files.readString(output),
                        Files.readString(errors));
    }
}
