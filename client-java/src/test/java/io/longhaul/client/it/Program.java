package io.longhaul.client.it;

import io.longhaul.server.testing.ChildProcesses;
import io.tus.java.client.TusUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A program of an integrator in a Java of its own, with the packaged library. */
final class Program implements AutoCloseable {

    private static final String SEPARATOR = System.getProperty("path.separator");

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a class of {@code io.longhaul.client.programs}.
     *
     * @param java home of the Java to run it with
     * @param options of the Java, for example a heap size
     */
    static Program start(Path java, List<String> options, String main, String... arguments)
            throws IOException {
        var words = new ArrayList<String>(options);
        words.addAll(List.of("-cp", classPath(), "io.longhaul.client.programs." + main));
        words.addAll(List.of(arguments));
        return start(java, Path.of("").toAbsolutePath(), words);
    }

    /**
     * Starts a class of {@code io.longhaul.client.programs} with the library on the module path.
     */
    static Program startWithModules(Path java, String main, String... arguments)
            throws IOException {
        var words = new ArrayList<String>();
        words.addAll(List.of("--module-path", library() + SEPARATOR + vocabulary()));
        words.addAll(List.of("--add-modules", "io.longhaul.client", "-cp", programs()));
        words.add("io.longhaul.client.programs." + main);
        words.addAll(List.of(arguments));
        return start(java, Path.of("").toAbsolutePath(), words);
    }

    /** Starts a class that was compiled by a test, in a directory, with the Java of this test. */
    static Program start(Path directory, Path classes, String main) throws IOException {
        String path = classPath() + SEPARATOR + classes;
        return start(thisJava(), directory, List.of("-cp", path, main));
    }

    private static Program start(Path java, Path directory, List<String> words) throws IOException {
        Path output = Files.createTempFile("program", ".out");
        var command = new ArrayList<String>();
        command.add(java.resolve("bin").resolve("java").toString());
        command.addAll(words);
        Process process =
                ChildProcesses.start(
                        new ProcessBuilder(command)
                                .directory(directory.toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(output.toFile()));
        return new Program(process, output);
    }

    /** The Java that runs this test. */
    static Path thisJava() {
        return Path.of(System.getProperty("java.home"));
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    /** Waits until the program has ended well. */
    List<String> result(Duration limit) throws IOException, InterruptedException {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(
                    (ended ? "exit code " + process.exitValue() : "not ended in time")
                            + "\n"
                            + String.join("\n", lines()));
        }
        return lines();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the program as a crash does (SIGKILL). */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
    }

    /** The library as it is packaged, what it depends on, and the programs. */
    static String classPath() {
        return String.join(SEPARATOR, library(), vocabulary(), programs());
    }

    private static String library() {
        return Objects.requireNonNull(System.getProperty("library.jar"), "library.jar");
    }

    private static String vocabulary() {
        return locationOf(TusUpload.class);
    }

    private static String programs() {
        return locationOf(Program.class);
    }

    private static String locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
