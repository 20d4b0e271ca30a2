package io.longhaul.server.power;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what strace wrote. Lines are numbered from one, and their order is the order of events: a
 * call has not run at the line it begins on, and has run at the line it ends on, which may be the
 * same.
 */
final class TraceReader {

    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern PROCESS = Pattern.compile("(\\d+) +");
    private static final Pattern RESULT = Pattern.compile(" += (-?\\d+|\\?)");

    /** Is told what happens, in order. */
    interface Listener {

        /** The call may take effect from now on; arguments that it fills in are not known yet. */
        void begun(SystemCall call);

        /** The call has taken effect, or failed when the result is negative. */
        void ended(SystemCall call, long result, int line);

        /** The process was killed; it had not been told how these calls ended. */
        void killed(int process, List<SystemCall> unfinished, int line);
    }

    private record Begun(SystemCall call, String printed) {}

    private final Listener listener;
    private final Map<Integer, Begun> open = new HashMap<>();
    private int number;

    TraceReader(Listener listener) {
        this.listener = listener;
    }

    /** Reads to the end; how many lines there were. */
    int read(BufferedReader trace) throws IOException {
        for (String line = trace.readLine(); line != null; line = trace.readLine()) {
            number++;
            Matcher process = PROCESS.matcher(line);
            if (!process.lookingAt()) {
                throw new IOException("line %d is not a trace's".formatted(number));
            }
            read(Integer.parseInt(process.group(1)), line.substring(process.end()));
        }
        return number;
    }

    private void read(int process, String text) {
        if (text.startsWith("+++ ") || text.startsWith("--- ")) {
            end(process, text);
        } else if (text.startsWith("<... ")) {
            Begun begun = open.remove(process);
            if (begun == null) {
                throw new IllegalStateException("line %d resumes nothing".formatted(number));
            }
            end(begun.call(), begun.printed() + text.substring(text.indexOf('>') + 1));
        } else {
            begin(process, text);
        }
    }

    private void begin(int process, String text) {
        int parenthesis = text.indexOf('(');
        String name = text.substring(0, parenthesis);
        boolean whole = !text.endsWith(UNFINISHED);
        String printed =
                text.substring(parenthesis + 1, text.length() - (whole ? 0 : UNFINISHED.length()));
        String arguments = whole ? arguments(printed) : printed;
        SystemCall call = new SystemCall(process, name, SystemCall.split(arguments), number);
        listener.begun(call);
        if (whole) {
            end(call, printed);
        } else {
            open.put(process, new Begun(call, printed));
        }
    }

    private void end(SystemCall begun, String printed) {
        List<String> arguments = SystemCall.split(arguments(printed));
        Matcher result = RESULT.matcher(printed.substring(parenthesis(printed) + 1));
        if (!result.lookingAt()) {
            throw new IllegalStateException("line %d tells no result".formatted(number));
        }
        SystemCall call = new SystemCall(begun.process(), begun.name(), arguments, begun.begin());
        if (result.group(1).equals("?")) {
            open.put(begun.process(), new Begun(call, printed)); // killed in the call
        } else {
            listener.ended(call, Long.parseLong(result.group(1)), number);
        }
    }

    private static String arguments(String printed) {
        return printed.substring(0, parenthesis(printed));
    }

    /** The one that closes the arguments: a result may have others, in the name of an error. */
    private static int parenthesis(String printed) {
        int quote = printed.lastIndexOf('"');
        Matcher end = Pattern.compile("\\) += ").matcher(printed);
        if (!end.find(Math.max(0, quote))) {
            throw new IllegalStateException("a call that does not end");
        }
        return end.start();
    }

    /** The thread that the process is named by ends last. */
    private void end(int process, String text) {
        if (text.startsWith("+++ killed")) {
            Begun begun = open.remove(process);
            listener.killed(process, begun == null ? List.of() : List.of(begun.call()), number);
        }
    }
}
