package io.longhaul.client.cli.bench.wire;

import java.net.ProtocolException;
import java.util.Optional;

/**
 * The head of an answer, kept as text in which the few headers that matter are looked up. The body
 * was counted, not kept.
 */
public final class Response {

    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int FIRST_FINAL = 200;

    private final String head;
    private final int status;
    private final long bodyLength;

    private Response(String head, int status, long bodyLength) {
        this.head = head;
        this.status = status;
        this.bodyLength = bodyLength;
    }

    /** Reads a head whose lines all end with CR LF; the empty line at the end is left out. */
    static Response parse(String head) throws ProtocolException {
        if (!head.startsWith("HTTP/1.") || head.length() < STATUS_AT + 3) {
            throw new ProtocolException("not an answer of HTTP/1.1: " + firstLine(head));
        }
        try {
            int status = Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3));
            return new Response(head, status, 0);
        } catch (NumberFormatException e) {
            throw new ProtocolException("an answer without a status: " + firstLine(head));
        }
    }

    Response withBodyLength(long length) {
        return new Response(head, status, length);
    }

    public int status() {
        return status;
    }

    public long bodyLength() {
        return bodyLength;
    }

    /** The status with its reason, as the server sent it. */
    public String statusLine() {
        return firstLine(head).substring(STATUS_AT);
    }

    /** The first header of this name, without the space around its value. */
    public Optional<String> header(String name) {
        for (int line = next(0); line < head.length(); line = next(line)) {
            int colon = line + name.length();
            if (colon < head.length()
                    && head.charAt(colon) == ':'
                    && head.regionMatches(true, line, name, 0, name.length())) {
                return Optional.of(head.substring(colon + 1, head.indexOf("\r\n", colon)).strip());
            }
        }
        return Optional.empty();
    }

    /** A header that is a whole number, or -1 without it. */
    public long number(String name) throws ProtocolException {
        Optional<String> value = header(name);
        try {
            return value.isEmpty() ? -1 : Long.parseUnsignedLong(value.get());
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a number in %s: %s".formatted(name, value.get()));
        }
    }

    boolean isInterim() {
        return status < FIRST_FINAL;
    }

    boolean isChunked() {
        return header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    /** Whether this status never has a body (RFC 9110, 6.4.1). */
    boolean isBodiless() {
        return status == 204 || status == 304;
    }

    boolean keepsConnection() {
        boolean oldVersion = head.startsWith("HTTP/1.0");
        return header("Connection")
                .map(value -> oldVersion ? value.equalsIgnoreCase("keep-alive") : !closes(value))
                .orElse(!oldVersion);
    }

    private static boolean closes(String connection) {
        return connection.equalsIgnoreCase("close");
    }

    private int next(int line) {
        return head.indexOf("\r\n", line) + 2;
    }

    private static String firstLine(String head) {
        int end = head.indexOf("\r\n");
        return end < 0 ? head : head.substring(0, end);
    }
}
