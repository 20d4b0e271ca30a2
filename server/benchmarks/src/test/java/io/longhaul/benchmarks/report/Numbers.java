package io.longhaul.benchmarks.report;

import java.util.Locale;

/** Numbers for readers: three digits that count, or all before the point. */
final class Numbers {

    private Numbers() {}

    static String text(double value) {
        double magnitude = Math.abs(value);
        if (value == Math.rint(value) && magnitude < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int decimals = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
