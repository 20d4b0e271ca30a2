package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.ByteCount;
import io.longhaul.client.cli.shell.Terminal;
import io.longhaul.client.cli.shell.Text;
import io.longhaul.client.cli.shell.TimeSpan;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Lays a transfer out on one line, which never fills the last cell of the terminal. */
final class BarLayout {

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LEAST_BAR = 8;
    private static final int PERCENT = 5;
    private static final int RATE = 12;
    private static final int LEFT = 12;

    private final Terminal terminal;
    private final int width;

    BarLayout(Terminal terminal) {
        this.terminal = terminal;
        this.width = Math.max(0, terminal.width() - 1);
    }

    /** Lines that may be drawn without scrolling. */
    int lines() {
        return Math.max(1, terminal.height() - 2);
    }

    String line(Transfer transfer) {
        if (transfer.trouble().isPresent()) {
            return waiting(transfer);
        }
        if (transfer.length().isEmpty()) {
            String text = ByteCount.format(transfer.durable()) + " " + rate(transfer.rate());
            return sentence(transfer.name(), text);
        }
        return bar(
                transfer.name(),
                transfer.durable(),
                transfer.moved(),
                transfer.length().getAsLong(),
                transfer.rate());
    }

    String line(Totals totals) {
        String name = totals.ended() + " of " + totals.count();
        return bar(name, totals.durable(), totals.moved(), totals.length(), totals.rate());
    }

    /** A name and a sentence after it, which is cut where the line ends. */
    String sentence(String name, String text) {
        String label = Text.shorten(Text.printable(name), width / 2);
        return cut(label + "  " + Text.printable(text), width);
    }

    private String waiting(Transfer transfer) {
        OptionalInt percent = transfer.percent();
        String at = percent.isPresent() ? percent.getAsInt() + "%  " : "";
        return sentence(
                transfer.name(), at + "trying again: " + transfer.trouble().orElse("waiting"));
    }

    private String bar(String name, long durable, long moved, long length, OptionalDouble rate) {
        OptionalLong left = Transfer.secondsLeft(length - moved, rate);
        String figures =
                Text.aligned(Transfer.percent(durable, length) + "%", PERCENT)
                        + Text.aligned(rate(rate), RATE)
                        + Text.aligned(
                                left.isPresent() ? "ETA " + TimeSpan.clock(left.getAsLong()) : "",
                                LEFT);
        int room = width - figures.length();
        if (room < LEAST_BAR) {
            return cut(figures.strip(), width);
        }
        int label = Math.min(Math.max(LEAST_BAR, width / 3), room);
        int cells = room - label - 3;
        String start = Text.padded(Text.shorten(Text.printable(name), label), label);
        return cells < LEAST_BAR
                ? start + figures
                : start + " [" + cells(cells, durable, moved, length) + "]" + figures;
    }

    /** What is durable, what is under way, and what is still to come. */
    private String cells(int count, long durable, long moved, long length) {
        int full = filled(count, durable, length);
        int half = Math.max(0, filled(count, moved, length) - full);
        String done = (terminal.unicode() ? "█" : "#").repeat(full);
        String sent = (terminal.unicode() ? "▒" : "=").repeat(half);
        String empty = (terminal.unicode() ? "·" : ".").repeat(count - full - half);
        return colored(GREEN, done) + colored(YELLOW, sent) + empty;
    }

    private static int filled(int count, long bytes, long length) {
        return length == 0 ? count : (int) Math.min(count, bytes * (double) count / length);
    }

    private String colored(String color, String text) {
        return terminal.color() && !text.isEmpty() ? color + text + PLAIN : text;
    }

    private static String rate(OptionalDouble rate) {
        return rate.isPresent() ? ByteCount.rate(rate.getAsDouble()) : "";
    }

    private static String cut(String text, int width) {
        if (Text.width(text) <= width) {
            return text;
        }
        var beginning = new StringBuilder();
        text.codePoints()
                .takeWhile(c -> Text.width(beginning + Character.toString(c)) <= width)
                .forEach(beginning::appendCodePoint);
        return beginning.toString();
    }
}
