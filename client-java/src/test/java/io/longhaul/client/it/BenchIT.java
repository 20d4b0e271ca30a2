package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.longhaul.server.testing.ChildProcesses;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code longhaul bench} as it is packaged, against a server. */
class BenchIT {

    private static final int FAILED_REQUESTS = 7;
    private static final int TERMINATED = 128 + 15;
    private static final List<String> CELLS =
            List.of(
                    "bulk-1",
                    "bulk-2",
                    "chunked",
                    "checksum",
                    "small-1",
                    "small-8",
                    "small-64",
                    "with-upload-1",
                    "with-upload-8",
                    "with-upload-64",
                    "head",
                    "trickle",
                    "download");

    private static ServerProcess server;
    private static String url;

    @TempDir private Path directory;
    private Path output;

    @BeforeAll
    static void start() {
        // Every upload is a file there, so that those left over can be counted.
        server = ServerProcess.start("--longhaul.inline-size=0");
        url = server.uploads().toString();
    }

    @BeforeEach
    void chooseOutput() {
        output = directory.resolve("output.txt");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void measuresEveryCellAtTwoEndpoints() throws Exception {
        int before = contents().size();
        Path json = directory.resolve("figures.json");
        String pid = Long.toString(server.pid());
        String other = url.replace("127.0.0.1", "localhost");
        Process bench = bench(url, other, "--pid", pid, "--pid", pid, "--json", json.toString());
        assertThat(bench.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(bench.exitValue()).as(output()).isZero();

        DocumentContext figures = JsonPath.parse(json.toFile());
        assertThat(figures.<List<String>>read("$.cells[*].cell")).isEqualTo(CELLS);
        assertThat(figures.<List<Integer>>read("$..failures")).hasSize(26).containsOnly(0);
        assertThat(figures.<List<Integer>>read("$..leftBehind")).containsOnly(0);
        assertThat(figures.<List<Integer>>read("$..operations")).allMatch(count -> count > 0);
        assertThat(medians(figures, "rate")).hasSize(24).allMatch(rate -> rate.doubleValue() > 0.1);
        assertThat(medians(figures, "p99"))
                .hasSize(16)
                .allMatch(millis -> millis.doubleValue() > 0.01);
        assertThat(medians(figures, "threads"))
                .hasSize(2)
                .allMatch(count -> count.intValue() > 10 && count.intValue() < 100);
        assertThat(medians(figures, "peak memory"))
                .hasSize(26)
                .allMatch(mebibytes -> mebibytes.intValue() > 50 && mebibytes.intValue() < 4096);
        assertThat(costs(figures, "server")).allMatch(cost -> cost.doubleValue() > 0.01);
        assertThat(costs(figures, "bench")).allMatch(cost -> cost.doubleValue() > 0.001);
        assertThat(output())
                .contains("A  " + url, "B  " + other)
                .containsPattern("\ndownload +rate +MiB/s( +[0-9.]+){4} ")
                .doesNotContain("FAILED", "not measured", "could not be deleted");
        assertThat(contents()).hasSize(before);
    }

    @Test
    void tellsFailuresWhenTheServerGoesAway() throws Exception {
        int before = contents().size();
        Process bench;
        try (FlakyProxy proxy = FlakyProxy.to(server.port())) {
            bench = bench(proxy.uploads().toString(), "--cells", "small", "--seconds", "10");
            awaitOutput("small-1, round 1 of 1");
            // With the third upload the bench has been told of two.
            await().atMost(Duration.ofSeconds(20)).until(() -> contents().size() >= before + 3);
        }
        assertThat(bench.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(bench.exitValue()).isEqualTo(FAILED_REQUESTS);
        assertThat(output())
                .containsPattern("small-1 at A: \\d+ FAILED beside \\d+ that ended well")
                .containsPattern("small-8 at A: \\d+ FAILED beside 0 that ended well; .*refused")
                .contains("uploads could not be deleted");
    }

    @Test
    void deletesItsUploadsWhenItIsEndedEarly() throws Exception {
        int before = contents().size();
        Process bench = bench(url, "--cells", "trickle", "--seconds", "100", "--warmup", "0");
        awaitOutput("trickle, round 1 of 1");
        await().atMost(Duration.ofSeconds(20)).until(() -> contents().size() >= before + 20);
        bench.destroy();
        assertThat(bench.waitFor(15, TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(bench.exitValue()).isEqualTo(TERMINATED);
        assertThat(contents()).hasSize(before);
    }

    private Process bench(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", property("command.jar"), "bench"));
        command.addAll(List.of("--rounds", "1", "--size", "8M", "--connections", "2"));
        command.addAll(List.of("--trickling", "20"));
        command.addAll(List.of(arguments));
        if (!command.contains("--seconds")) {
            command.addAll(List.of("--seconds", "0.3", "--warmup", "0.1"));
        }
        return ChildProcesses.start(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile()));
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(30)).until(() -> output().contains(text));
    }

    private String output() throws IOException {
        return Files.readString(output);
    }

    /** The files in which the server keeps bytes. */
    private List<Path> contents() {
        try (Stream<Path> files = Files.walk(server.dataDir().resolve("content"))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Number> medians(DocumentContext figures, String figure) {
        return figures.read("$..figures[?(@.figure == '%s')].median".formatted(figure));
    }

    /** Of the cells that last long enough for a clock that counts steps of 10 ms. */
    private static List<Number> costs(DocumentContext figures, String process) {
        return figures.read(
                "$.cells[?(@.cell == 'small-64')]..figures[?(@.figure == '%s')].median"
                        .formatted(process));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
