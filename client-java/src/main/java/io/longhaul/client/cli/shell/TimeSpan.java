package io.longhaul.client.cli.shell;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time, as people write them: {@code 2h}, {@code 1h30m}, {@code 45s}, {@code 250ms}. */
public final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,9})\\s*(ms|s|m|h|d)\\s*)+");
    private static final Pattern PIECE = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private TimeSpan() {}

    /**
     * Reads a span.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Duration parse(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        if (trimmed.equals("0")) {
            return Duration.ZERO;
        }
        if (!FORM.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a time such as 90s, 10m, 2h or 1h30m");
        }
        Duration span = Duration.ZERO;
        Matcher piece = PIECE.matcher(trimmed);
        while (piece.find()) {
            span = span.plus(unit(piece.group(2)).multipliedBy(Long.parseLong(piece.group(1))));
        }
        return span;
    }

    /** For sentences: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    public static String format(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return pair(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    /** For bars: {@code 0:07}, {@code 12:34}, {@code 1:02:03}, or {@code 3d} and more. */
    public static String clock(long seconds) {
        if (seconds >= 3 * 86_400) {
            return seconds / 86_400 + "d";
        }
        if (seconds >= 3600) {
            return String.format(
                    Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
