package io.longhaul.client.cli.bench.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request: its headers are lines that end with CR LF each, without the length of the body, which
 * is so many bytes of the payload.
 */
public record Request(String method, String target, String headers, long length) {

    /** The head with its empty line, as it goes over the wire. */
    byte[] head() {
        boolean hasBody = length > 0 || method.equals("POST") || method.equals("PATCH");
        return (method
                        + " "
                        + target
                        + " HTTP/1.1\r\n"
                        + headers
                        + (hasBody ? "Content-Length: " + length + "\r\n\r\n" : "\r\n"))
                .getBytes(ISO_8859_1);
    }
}
