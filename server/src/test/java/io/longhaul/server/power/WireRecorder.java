package io.longhaul.server.power;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts down when the server accepted a connection, began an answer, and delivered an event. */
final class WireRecorder implements TraceReader.Listener {

    /** The calls to trace: some, of all that send, the disk's recorder has already. */
    static final List<String> CALLS = List.of("accept,accept4,sendto,sendmsg");

    private static final Set<String> SENDS = Set.of("write", "writev", "sendto", "sendmsg");
    private static final Pattern PEER = Pattern.compile("^TCP.*->.*:(\\d+)\\]$");
    private static final Pattern PORT = Pattern.compile("htons\\((\\d+)\\)");
    private static final Pattern COMPLETE = Pattern.compile("Upload ([0-9a-f]{32}) is complete");

    private final Map<Integer, List<Integer>> accepts = new HashMap<>();
    private final Map<Integer, Integer> answers = new HashMap<>();
    private final Map<String, Integer> deliveries = new HashMap<>();

    /** The line at which a connection was accepted; none when its port was used for two. */
    OptionalInt accepted(int port) {
        List<Integer> lines = accepts.getOrDefault(port, List.of());
        return lines.size() == 1 ? OptionalInt.of(lines.getFirst()) : OptionalInt.empty();
    }

    /** The line at which a connection's first answer can be seen by its client. */
    OptionalInt answered(int port) {
        return accepted(port).isPresent() && answers.containsKey(port)
                ? OptionalInt.of(answers.get(port))
                : OptionalInt.empty();
    }

    /** The lines at which clients are told something. */
    List<Integer> answers() {
        return answers.values().stream().sorted().toList();
    }

    /** Whether the event of an upload's completion had been delivered. */
    boolean delivered(String upload, int line) {
        return deliveries.getOrDefault(upload, Integer.MAX_VALUE) <= line;
    }

    @Override
    public void begun(SystemCall call) {
        Matcher peer = PEER.matcher(SENDS.contains(call.name()) ? call.descriptor(0) : "");
        if (peer.matches() && text(call).startsWith("HTTP/1.1 ")) {
            answers.putIfAbsent(Integer.valueOf(peer.group(1)), call.begin());
        }
    }

    @Override
    public void ended(SystemCall call, long result, int line) {
        if (call.name().startsWith("accept") && result >= 0) {
            Matcher port = PORT.matcher(call.argument(1));
            if (port.find()) {
                accepts.computeIfAbsent(Integer.valueOf(port.group(1)), _ -> new ArrayList<>())
                        .add(line);
            }
        } else if (call.name().equals("write") && call.argument(0).startsWith("1<")) {
            Matcher complete = COMPLETE.matcher(text(call));
            while (complete.find()) {
                deliveries.putIfAbsent(complete.group(1), line);
            }
        }
    }

    private static String text(SystemCall call) {
        return new String(call.bytes(1), UTF_8);
    }

    @Override
    public void killed(int process, List<SystemCall> unfinished, int line) {
        // What was told has been told.
    }
}
