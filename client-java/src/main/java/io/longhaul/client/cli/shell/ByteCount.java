package io.longhaul.client.cli.shell;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts of bytes, as people write them: {@code 8MiB}, {@code 1.5G}, {@code 500kB}, {@code 42}. */
public final class ByteCount {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]*)");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /** Powers of 1024, but for those that end in B without an i: they are powers of 1000. */
    private static final Map<String, Long> FACTORS =
            Map.ofEntries(
                    Map.entry("", 1L),
                    Map.entry("b", 1L),
                    Map.entry("k", 1L << 10),
                    Map.entry("kib", 1L << 10),
                    Map.entry("m", 1L << 20),
                    Map.entry("mib", 1L << 20),
                    Map.entry("g", 1L << 30),
                    Map.entry("gib", 1L << 30),
                    Map.entry("t", 1L << 40),
                    Map.entry("tib", 1L << 40),
                    Map.entry("kb", 1_000L),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("tb", 1_000_000_000_000L));

    private ByteCount() {}

    /**
     * Reads a count.
     *
     * @throws IllegalArgumentException if it is none, or beyond 2^63 - 1
     */
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        Long factor =
                matcher.matches() ? FACTORS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (factor == null) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a count of bytes such as 8MiB, 500kB or 42");
        }
        BigInteger bytes =
                new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(factor))
                        .toBigInteger();
        if (bytes.bitLength() > 63) {
            throw new IllegalArgumentException("\"" + text + "\" is more than 2^63 - 1 bytes");
        }
        return bytes.longValue();
    }

    /**
     * Three digits and a unit: {@code 1.23 GiB}, {@code 12.3 MiB}, {@code 123 KiB}, {@code 7 B}.
     */
    public static String format(long bytes) {
        return format((double) bytes);
    }

    private static String format(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }

    /** The same in a second. */
    public static String rate(double bytesPerSecond) {
        return format(bytesPerSecond) + "/s";
    }
}
