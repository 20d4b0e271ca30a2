package io.longhaul.benchmarks.report;

import io.longhaul.benchmarks.peer.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machine that a run was on, as Linux tells it. */
public final class Machine {

    private static final String UNKNOWN = "unknown";

    private Machine() {}

    /**
     * Describes it.
     *
     * @param work a directory on the disk that the servers use
     */
    public static Map<String, String> describe(Path work) throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("Processor", line("/proc/cpuinfo", "model name"));
        machine.put("Processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("Memory", line("/proc/meminfo", "MemTotal"));
        machine.put("Kernel", System.getProperty("os.name") + " " + kernel());
        machine.put("File system", Files.getFileStore(work).type());
        machine.put("Java", System.getProperty("java.runtime.version", UNKNOWN));
        machine.put("Node", Tools.firstLine(List.of("node", "--version")));
        machine.put("Load before", Files.readString(Path.of("/proc/loadavg")).strip());
        machine.put("Longhaul", Tools.firstLine(List.of("git", "describe", "--always", "--dirty")));
        return machine;
    }

    private static String kernel() {
        return System.getProperty("os.version", UNKNOWN);
    }

    private static String line(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(UNKNOWN);
    }
}
