package io.longhaul.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds now, as Linux tells it.
 *
 * @param resident bytes of memory
 * @param proportional the same, with its share only of what others use too
 */
public record Usage(long resident, long proportional, long threads) {

    private static final long KIB = 1024;

    static Usage of(ProcessHandle process) throws IOException {
        Path directory = Path.of("/proc", Long.toString(process.pid()));
        Path rollup = directory.resolve("smaps_rollup");
        return new Usage(
                value(rollup, "Rss:") * KIB,
                value(rollup, "Pss:") * KIB,
                value(directory.resolve("status"), "Threads:"));
    }

    private static long value(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException("no %s in %s".formatted(name, file)));
    }
}
