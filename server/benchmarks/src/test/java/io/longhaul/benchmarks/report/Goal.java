package io.longhaul.benchmarks.report;

import java.util.Locale;

/**
 * One goal, and what was measured.
 *
 * @param value the ratio or amount that is compared; NaN when a figure is missing
 * @param atMost whether it has to be at most the limit, else at least
 * @param detail the figures behind it
 */
public record Goal(
        String goal, double value, String unit, double limit, boolean atMost, String detail) {

    /** What the table says of it. */
    public String verdict() {
        if (Double.isNaN(value)) {
            return "not measured";
        }
        boolean met = atMost ? value <= limit : value >= limit;
        return met ? "met" : "**not met**";
    }

    String measured() {
        return Double.isNaN(value) ? "–" : Numbers.text(value) + unit;
    }

    String wanted() {
        return String.format(Locale.ROOT, "%s %s%s", atMost ? "≤" : "≥", Numbers.text(limit), unit);
    }
}
