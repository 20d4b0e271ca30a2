package io.longhaul.benchmarks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.longhaul.server.testing.CephPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The figures of servers on a store in tiny: that they can be taken, not what they are. */
@Timeout(300)
final class S3FiguresIT {

    @TempDir private Path directory;

    @Test
    void hasFiguresForEveryCell() throws Exception {
        assumeThat(CephPrograms.find()).isPresent();
        int exit =
                new CommandLine(new S3Figures())
                        .execute(
                                "--rounds=1",
                                "--size-mib=16",
                                "--slow=20",
                                "--slow-seconds=2",
                                "--takeovers=1",
                                "--prepare=false",
                                "--out=" + directory.resolve("out"),
                                "--work=" + directory.resolve("work"));
        assertThat(exit).isZero();

        DocumentContext figures = JsonPath.parse(written(".json").toFile());
        assertThat(figures.<List<String>>read("$.cells[*].cell"))
                .containsExactly(
                        "rate",
                        "slow-20",
                        "takeover-silent",
                        "takeover-cut",
                        "takeover-killed",
                        "takeover-stopped");
        assertThat(figures.<List<Integer>>read("$..failures")).containsOnly(0);
        assertThat(figures.<List<Double>>read("$..figures[?(@.unit in ['ms','MiB','MiB/s'])].min"))
                .isNotEmpty()
                .allMatch(value -> value > 0);
        assertThat(Files.readString(written(".md")))
                .contains("\n| sdk | AWS SDK for Java 2.")
                .contains("\n### takeover-stopped\n");
    }

    private Path written(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }
}
