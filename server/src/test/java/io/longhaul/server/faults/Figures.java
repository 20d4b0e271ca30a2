package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a server process holds, as the operating system and its own metrics tell it. */
record Figures(ServerProcess server) {

    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final double TICKS_PER_SECOND = 100;

    /** Some that come and go by themselves: the garbage collector's, the compiler's. */
    private static final int SPARE = 12;

    /** What was held at one moment. */
    record Held(long descriptors, long threads, long directBytes) {}

    Held held() throws IOException {
        return new Held(
                descriptors(),
                threads(),
                (long) metric("jvm_buffer_memory_used_bytes{id=\"direct\"}"));
    }

    long descriptors() {
        return count("fd");
    }

    /**
     * Without the carriers of virtual threads: Java adds some for file operations and keeps them.
     */
    private long threads() {
        try (Stream<Path> tasks = Files.list(proc("task"))) {
            return tasks.filter(task -> !name(task).startsWith("ForkJoinPool")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException _) { // it has ended meanwhile
            return "";
        }
    }

    /** Waits until all that was taken since then has been given back. */
    void awaitReleased(Held before) {
        await("what was held is given back")
                .atMost(SETTLING)
                .untilAsserted(
                        () -> {
                            Held now = held();
                            assertThat(metric("longhaul_uploads_active")).isZero();
                            assertThat(now.descriptors())
                                    .isLessThanOrEqualTo(before.descriptors() + SPARE);
                            assertThat(now.threads()).isLessThanOrEqualTo(before.threads() + SPARE);
                        });
    }

    /** Processor time since the start, in seconds. */
    double cpuSeconds() {
        List<String> fields = List.of(read("stat").replaceFirst(".*\\) ", "").split(" "));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
    }

    /** Resident memory. */
    long residentMebibytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }

    /** The value of a metric; zero when there is none. */
    double metric(String line) throws IOException {
        try (RawConnection connection = new Client(server.port()).connect()) {
            return connection
                    .exchange(Client.head("GET", "/actuator/prometheus"))
                    .text()
                    .lines()
                    .filter(each -> each.startsWith(line + " "))
                    .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                    .findFirst()
                    .orElse(0);
        }
    }

    private long count(String directory) {
        try (Stream<Path> entries = Files.list(proc(directory))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(proc(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(server.pid()), name);
    }
}
