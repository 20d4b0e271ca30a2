package io.longhaul.server.protocol.http;

/** A number of bytes in a header: digits only, at most 2^63 - 1. */
public final class ByteCount {

    private ByteCount() {}

    /**
     * Reads a number.
     *
     * @param header the header's name, for the message
     * @throws HttpProblem 400 {@code invalid-number} for a sign, space, fraction, exponent, list,
     *     other digits than ASCII, or a number over 2^63 - 1
     */
    public static long parse(String header, String value) {
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw invalid(header, value);
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) { // digits only, so it is too large
            throw invalid(header, value);
        }
    }

    private static HttpProblem invalid(String header, String value) {
        return HttpProblem.badRequest(
                "invalid-number",
                "%s is '%s'; it must be a decimal number from 0 to %d"
                        .formatted(header, Shown.of(value), Long.MAX_VALUE));
    }
}
