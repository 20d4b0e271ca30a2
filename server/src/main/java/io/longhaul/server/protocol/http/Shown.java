package io.longhaul.server.protocol.http;

/** What a client sent, as a sentence about it shows it: printable and short. */
final class Shown {

    private static final int MAX_LETTERS = 20;

    private Shown() {}

    static String of(String value) {
        String shown =
                value.length() > MAX_LETTERS ? value.substring(0, MAX_LETTERS - 1) + "…" : value;
        return shown.replaceAll("[^\\x20-\\x7e…]", "?");
    }
}
