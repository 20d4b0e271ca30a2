package io.longhaul.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as it came over the wire. */
public final class RawResponse {

    /** A header field or a trailer field. */
    public record Field(String name, String value) {

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    private final String statusLine;
    private final List<Field> headers;
    private final byte[] body;
    private final List<Field> trailers;
    private final List<RawResponse> interim;

    RawResponse(
            String statusLine,
            List<Field> headers,
            byte[] body,
            List<Field> trailers,
            List<RawResponse> interim) {
        this.statusLine = statusLine;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.trailers = List.copyOf(trailers);
        this.interim = List.copyOf(interim);
    }

    public String statusLine() {
        return statusLine;
    }

    public int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** The value of a header that must not be repeated; null when it is absent. */
    public @Nullable String header(String name) {
        return single(name, headers(name));
    }

    /** The value of a header that must be there once. */
    public String required(String name) {
        String value = header(name);
        if (value == null) {
            throw new AssertionError("%s is absent in%n%s".formatted(name, this));
        }
        return value;
    }

    /** Every value of a header, in order. */
    public List<String> headers(String name) {
        return values(headers, name);
    }

    public List<Field> headers() {
        return headers;
    }

    /** The value of a trailer that must not be repeated; null when it is absent. */
    public @Nullable String trailer(String name) {
        return single(name, values(trailers, name));
    }

    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** The 1xx answers that came before, in order. */
    public List<RawResponse> interim() {
        return interim;
    }

    private static List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    private static @Nullable String single(String name, List<String> values) {
        if (values.size() > 1) {
            throw new AssertionError("%s is repeated: %s".formatted(name, values));
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** The head, for messages of tests that fail. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(statusLine);
        headers.forEach(field -> text.append('\n').append(field));
        return text.toString();
    }
}
