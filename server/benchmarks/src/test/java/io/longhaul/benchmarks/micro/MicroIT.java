package io.longhaul.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of single methods run; their figures are for no one, so short is the run. */
final class MicroIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir private Path directory;

    @Test
    void everyBenchmarkRuns() throws Exception {
        String printed = run("-foe", "true", "-f", "1", "-wi", "0", "-i", "1", "-r", "20ms");
        assertThat(printed)
                .containsPattern("MetadataBenchmark.parse .* ns/op")
                .containsPattern("ReplyBenchmark.creationReply .* ns/op")
                .containsPattern("CatalogBenchmark.find .* us/op")
                .containsPattern("CatalogBenchmark.groupCommit .* us/op")
                .containsPattern("AppendBenchmark.append .* us/op");
    }

    private String run(String... options) throws Exception {
        List<String> java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djmh.ignoreLock=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jmh.Main",
                        "-jvmArgsAppend",
                        "-XX:TieredStopAtLevel=1",
                        "-p",
                        "durability=PROCESS_CRASH",
                        "-p",
                        "length=10240");
        String[] words = java.toArray(new String[java.size() + options.length]);
        System.arraycopy(options, 0, words, java.size(), options.length);
        return Command.start(directory, Map.of(), words).result(LIMIT);
    }
}
