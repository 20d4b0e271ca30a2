package io.longhaul.client.cli.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server's process with all that it has started: a server can be the child of a script. The time
 * of children that have ended is not known.
 */
public final class ServerProcess {

    private static final Path PROC = Path.of("/proc");

    /** What Linux takes for "the peak begins now" in {@code clear_refs}. */
    private static final String RESET_PEAK = "5";

    private final ProcessHandle process;

    private ServerProcess(ProcessHandle process) {
        this.process = process;
    }

    /**
     * Finds a process that runs now.
     *
     * @throws IllegalArgumentException when there is no such process, or no way to look at it
     */
    public static ServerProcess of(long pid) {
        if (!Files.isReadable(PROC.resolve("self/status"))) {
            throw new IllegalArgumentException(
                    "--pid needs the /proc of Linux, which this system does not have");
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return new ServerProcess(
                process.orElseThrow(
                        () -> new IllegalArgumentException("no process has the id " + pid)));
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** The processor time of all since their start, in steps of 10 ms. */
    public Duration cpu() {
        return all().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** Lets the peak of memory begin now, where that is allowed; else it began with the process. */
    public void resetPeakMemory() {
        for (ProcessHandle handle : handles()) {
            try {
                Files.writeString(directory(handle).resolve("clear_refs"), RESET_PEAK);
            } catch (IOException e) {
                // Another user's process: its peak since its start is all there is.
            }
        }
    }

    public long peakMemory() throws IOException {
        return memory().peak();
    }

    public long memoryNow() throws IOException {
        return memory().current();
    }

    public long threads() throws IOException {
        return memory().threads();
    }

    private MemoryStatus memory() throws IOException {
        MemoryStatus total = MemoryStatus.NONE;
        for (ProcessHandle handle : handles()) {
            total = total.plus(memory(handle));
        }
        return total;
    }

    private static MemoryStatus memory(ProcessHandle handle) throws IOException {
        try {
            return MemoryStatus.parse(Files.readAllLines(directory(handle).resolve("status")));
        } catch (NoSuchFileException e) {
            // It has ended since it was listed.
            return MemoryStatus.NONE;
        }
    }

    private static Duration cpu(ProcessHandle handle) {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private List<ProcessHandle> handles() {
        return all().toList();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static Path directory(ProcessHandle handle) {
        return PROC.resolve(Long.toString(handle.pid()));
    }
}
