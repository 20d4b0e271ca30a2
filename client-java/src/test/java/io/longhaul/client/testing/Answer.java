package io.longhaul.client.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to send. Immutable. */
public record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** The same with a header added or replaced. */
    public Answer with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value.toString());
        return new Answer(status, changed, body);
    }

    public Answer without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(name);
        return new Answer(status, changed, body);
    }

    public Answer withBody(String text) {
        return new Answer(status, headers, text);
    }

    /** What goes over the wire. */
    byte[] bytes(String method) {
        boolean bodiless = method.equals("HEAD") || status == 204;
        return (head(bodiless) + (bodiless ? "" : body)).getBytes(ISO_8859_1);
    }

    private String head(boolean bodiless) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach((name, value) -> line(head, name, value));
        if (!bodiless && !headers.containsKey("Transfer-Encoding")) {
            line(head, "Content-Length", Integer.toString(body.length()));
        }
        return head.append("\r\n").toString();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
