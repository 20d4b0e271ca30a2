package io.longhaul.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The fuzzer's bytes, taken from the front as numbers and text; zeros when they are used up. */
public final class FuzzInput {

    private final byte[] bytes;
    private int at;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public boolean isEmpty() {
        return at >= bytes.length;
    }

    /** A number from 0 to 255. */
    public int next() {
        return isEmpty() ? 0 : bytes[at++] & 0xff;
    }

    /** A number below the bound, which is at most 256. */
    public int below(int bound) {
        return next() % bound;
    }

    /** At most so many of the next bytes. */
    public byte[] take(int count) {
        byte[] taken = new byte[Math.min(count, bytes.length - at)];
        System.arraycopy(bytes, at, taken, 0, taken.length);
        at += taken.length;
        return taken;
    }

    /** The next line as a header value: one character for each byte, as the server reads them. */
    public String line() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String line = text(at, end);
        at = Math.min(end + 1, bytes.length);
        return line;
    }

    /** All that is left, in the same way. */
    public String rest() {
        String rest = text(at, bytes.length);
        at = bytes.length;
        return rest;
    }

    /** Control characters never get here: the server refuses requests that have them. */
    private String text(int start, int end) {
        return new String(bytes, start, end - start, ISO_8859_1)
                .replaceAll("[\\x00-\\x1f\\x7f&&[^\t]]", " ");
    }
}
