package io.longhaul.server.power;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A call of a traced process, as strace prints it with {@code -yy -xx}.
 *
 * @param arguments with what was known when the call ended
 * @param begin the line at which the kernel had not run it yet
 */
record SystemCall(int process, String name, List<String> arguments, int begin) {

    /** Cuts the printed arguments at the commas that are not inside of anything. */
    static List<String> split(String printed) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < printed.length(); i++) {
            switch (printed.charAt(i)) {
                case '[', '{', '(' -> depth++;
                case ']', '}', ')' -> depth--;
                case '"' -> i = printed.indexOf('"', i + 1);
                case ',' -> {
                    if (depth == 0) {
                        arguments.add(printed.substring(start, i).strip());
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        arguments.add(printed.substring(start).strip());
        return List.copyOf(arguments);
    }

    String argument(int index) {
        return arguments.get(index);
    }

    long number(int index) {
        return Long.parseLong(argument(index));
    }

    /** The bytes of the first string in an argument. */
    byte[] bytes(int index) {
        String printed = argument(index);
        int from = printed.indexOf('"');
        int to = printed.indexOf('"', from + 1);
        if (from < 0 || printed.startsWith("...", to + 1)) {
            throw new IllegalStateException("no whole string: " + this);
        }
        return unhex(printed.substring(from + 1, to));
    }

    /** A path, which is relative to the directory that an earlier argument says. */
    Path path(int index) {
        Path path = Path.of(new String(bytes(index), StandardCharsets.UTF_8));
        return path.isAbsolute() || index == 0
                ? path
                : Path.of(descriptor(argument(index - 1))).resolve(path);
    }

    /** What an open descriptor is of, as {@code 7</path>} says. */
    String descriptor(int index) {
        return descriptor(argument(index));
    }

    static String descriptor(String printed) {
        int from = printed.indexOf('<');
        int to = printed.lastIndexOf('>');
        if (from < 0 || to < from) {
            return "";
        }
        String text = printed.substring(from + 1, to);
        return text.startsWith("\\x") ? new String(unhex(text), StandardCharsets.UTF_8) : text;
    }

    private static byte[] unhex(String text) {
        return HexFormat.of().withPrefix("\\x").parseHex(text);
    }

    @Override
    public String toString() {
        String text = name + arguments;
        return "line %d: %s".formatted(begin, text.substring(0, Math.min(400, text.length())));
    }
}
