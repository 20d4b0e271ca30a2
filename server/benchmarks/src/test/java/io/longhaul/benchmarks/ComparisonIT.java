package io.longhaul.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.longhaul.server.testing.CCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The comparison in tiny: every kind of cell and every part of the report, none of the figures. */
@Timeout(300)
final class ComparisonIT {

    private static final List<String> CELLS =
            List.of(
                    "bulk-1",
                    "small-1",
                    "with-upload-1",
                    "trickle-20",
                    "start-up",
                    "idle",
                    "growth-length",
                    "growth-uploads");

    @TempDir private Path directory;

    @Test
    void hasFiguresForEveryCellThatRan() throws Exception {
        boolean hasFloor = installFloor();
        String peers = "longhaul,tus-java-server" + (hasFloor ? ",floor" : "");
        int exit =
                compare(
                        "--peers=" + peers,
                        "--cells=bulk-1,small-1,with-upload-1,trickle,start,length,uploads");
        assertThat(exit).isZero();

        DocumentContext figures = JsonPath.parse(written(".json").toFile());
        assertThat(figures.<List<String>>read("$.cells[*].cell")).isEqualTo(CELLS);
        assertThat(figures.<List<Integer>>read("$..failures")).containsOnly(0);
        assertThat(unmeasured(figures, "longhaul")).isEmpty();
        assertThat(unmeasured(figures, "tus-java-server"))
                .containsExactly("with-upload-1", "growth-length", "growth-uploads");
        if (hasFloor) {
            assertThat(unmeasured(figures, "floor"))
                    .containsExactly("growth-length", "growth-uploads");
        }
        assertThat(Files.readString(written(".md")))
                .contains(CELLS.stream().map(cell -> "\n### " + cell + "\n").toList())
                .contains("tus-java-server: absent, no creation-with-upload")
                .containsPattern(
                        "small-1, rate: longhaul / tus-java-server \\| ≥ 1 \\| [0-9.]+ \\| ")
                .containsPattern("growth-uploads, longhaul: .* \\| ≤ 1.25 \\| ")
                .containsPattern("start-up, longhaul \\| ≤ 1500 ms \\| [0-9.]+ ms \\| ");
    }

    @Test
    void refusesAServerThatIsNotInstalled() {
        assertThat(compare("--peers=longhaul,tusd", "--cells=start")).isNotZero();
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void theFloorCompilesWithoutWarnings() throws Exception {
        assumeThat(CCompiler.isThere()).isTrue();
        assertThat(installFloor()).isTrue();
    }

    private int compare(String... arguments) {
        List<String> all =
                Stream.concat(
                                Stream.of(
                                        "--rounds=1",
                                        "--seconds=0.2",
                                        "--size=1M",
                                        "--trickling=20",
                                        "--uploads=500",
                                        "--length-mib=8",
                                        "--quiet-seconds=0",
                                        "--growing=longhaul",
                                        "--prepare=false",
                                        "--longhaul-options=-XX:TieredStopAtLevel=1",
                                        "--out=" + directory.resolve("out"),
                                        "--work=" + directory.resolve("work"),
                                        "--tools=" + directory),
                                Stream.of(arguments))
                        .toList();
        return new CommandLine(new Comparison()).execute(all.toArray(String[]::new));
    }

    /** The cells in which a peer has no figures. */
    private static List<String> unmeasured(DocumentContext figures, String peer) {
        return CELLS.stream().filter(cell -> isUnmeasured(figures, cell, peer)).toList();
    }

    private static boolean isUnmeasured(DocumentContext figures, String cell, String peer) {
        List<Double> medians =
                figures.read(
                        "$.cells[?(@.cell == '%s')].peers[?(@.peer == '%s')].figures[*].median"
                                .formatted(cell, peer));
        return medians.stream().noneMatch(median -> median > 0);
    }

    private Path written(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    /** False where there is no C compiler. */
    private boolean installFloor() throws IOException, InterruptedException {
        if (!CCompiler.isThere()) {
            return false;
        }
        CCompiler.compile(Path.of("src/c/floor.c"), directory.resolve("floor"), "-pthread");
        return true;
    }
}
