package io.longhaul.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the fuzzer on a target, in a process of its own: it rewrites the classes that it watches.
 * What it learns stays in {@code target/fuzz} for the next run, as does an input that fails.
 */
final class Jazzer {

    /** To start on a busy machine, and to end after its time. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in ([0-9]+) second");

    private final Class<?> target;
    private final Path directory;

    Jazzer(Class<?> target) throws IOException {
        this.target = target;
        directory = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        Files.createDirectories(directory.resolve("corpus"));
    }

    /** Fuzzes for so many seconds; fails on any finding. Returns how often the target was run. */
    long run(Path seeds, int seconds) throws IOException, InterruptedException {
        Path log = directory.resolve("log.txt");
        Process process =
                ChildProcesses.start(
                        new ProcessBuilder(command(seeds, seconds))
                                .redirectErrorStream(true)
                                .redirectOutput(log.toFile()));
        boolean ended = process.waitFor(seconds + GRACE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(log);
        assertThat(ended && process.exitValue() == 0)
                .as(
                        "%s found something, or failed; its input is in %s%n%s",
                        target, directory, output)
                .isTrue();
        Matcher done = DONE.matcher(output);
        assertThat(done.find()).as(output).isTrue();
        System.out.printf("%s: %s%n", target.getSimpleName(), done.group());
        return Long.parseLong(done.group(1));
    }

    private List<String> command(Path seeds, int seconds) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+EnableDynamicAgentLoading",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer"));
        command.addAll(
                List.of(
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.longhaul.server.**",
                        "--reproducer_path=" + directory,
                        "-artifact_prefix=" + directory + "/",
                        "-max_total_time=" + seconds,
                        directory.resolve("corpus").toString(),
                        seeds.toString()));
        return command;
    }
}
