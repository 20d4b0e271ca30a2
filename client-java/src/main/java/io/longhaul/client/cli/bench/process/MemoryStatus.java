package io.longhaul.client.cli.bench.process;

import java.io.IOException;
import java.util.List;

/** The bytes and threads of a process as Linux tells them in {@code /proc/PID/status}. */
record MemoryStatus(long peak, long current, long threads) {

    static final MemoryStatus NONE = new MemoryStatus(0, 0, 0);

    private static final long KIB = 1024;

    static MemoryStatus parse(List<String> lines) throws IOException {
        return new MemoryStatus(
                value(lines, "VmHWM:", " kB") * KIB,
                value(lines, "VmRSS:", " kB") * KIB,
                value(lines, "Threads:", ""));
    }

    MemoryStatus plus(MemoryStatus other) {
        return new MemoryStatus(
                peak + other.peak, current + other.current, threads + other.threads);
    }

    /** A process that has ended, but was not waited for, has no such lines: it uses no memory. */
    private static long value(List<String> lines, String name, String unit) throws IOException {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return number(line.substring(name.length()).strip(), line, unit);
            }
        }
        return 0;
    }

    private static long number(String value, String line, String unit) throws IOException {
        try {
            if (value.endsWith(unit)) {
                return Long.parseLong(value.substring(0, value.length() - unit.length()));
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a number%s: %s".formatted(unit, line), e);
        }
        throw new IOException("not a number%s: %s".formatted(unit, line));
    }
}
