package io.longhaul.client.cli.bench.process;

import java.io.IOException;
import java.util.List;

/** The memory of a process as Linux tells it in {@code /proc/PID/status}, in bytes. */
record MemoryStatus(long peak, long current) {

    static final MemoryStatus NONE = new MemoryStatus(0, 0);

    private static final long KIB = 1024;

    static MemoryStatus parse(List<String> lines) throws IOException {
        return new MemoryStatus(value(lines, "VmHWM:"), value(lines, "VmRSS:"));
    }

    MemoryStatus plus(MemoryStatus other) {
        return new MemoryStatus(peak + other.peak, current + other.current);
    }

    /** A process that has ended, but was not waited for, has no such lines: it uses no memory. */
    private static long value(List<String> lines, String name) throws IOException {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return number(line, name) * KIB;
            }
        }
        return 0;
    }

    private static long number(String line, String name) throws IOException {
        String value = line.substring(name.length()).strip();
        try {
            return Long.parseLong(value.substring(0, value.indexOf(" kB")));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IOException("not a number of kB: " + line, e);
        }
    }
}
