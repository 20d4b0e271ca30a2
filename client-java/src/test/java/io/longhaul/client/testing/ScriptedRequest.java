package io.longhaul.client.testing;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of a request.
 *
 * @param method the one meant, which X-HTTP-Method-Override may say
 * @param path as received, with the query
 * @param headers by name, in any case
 */
public record ScriptedRequest(String method, String path, Map<String, String> headers) {

    static ScriptedRequest read(Wire wire) throws IOException {
        String[] lines = wire.readHead().split("\r\n", -1);
        String[] first = lines[0].split(" ", 3);
        if (first.length < 3) {
            throw new IOException("not a request: " + lines[0]);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).trim());
        }
        String method = headers.getOrDefault("X-HTTP-Method-Override", first[0]);
        return new ScriptedRequest(method, first[1], Collections.unmodifiableMap(headers));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The path alone. */
    String resource() {
        return path.split("\\?", 2)[0];
    }

    /** A header that is a number; -1 when it is missing. */
    long number(String name) {
        return header(name).map(Long::parseLong).orElse(-1L);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
