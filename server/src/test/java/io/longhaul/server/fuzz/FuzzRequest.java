package io.longhaul.server.fuzz;

import io.longhaul.server.core.service.UploadBody;
import io.longhaul.server.protocol.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** A request that was never on a wire. */
public final class FuzzRequest implements HttpRequest {

    /** The host that every request is for. */
    public static final String AUTHORITY = "localhost:8080";

    /** One header or trailer line. */
    record Field(String name, String value) {}

    private final String method;
    private final String path;
    private final UploadBody body;
    private final List<Field> headers = new ArrayList<>();
    private final List<Field> trailers = new ArrayList<>();

    FuzzRequest(String method, String path, UploadBody body) {
        this.method = method;
        this.path = path;
        this.body = body;
    }

    /** A creation with a single header. */
    public static FuzzRequest with(String name, String value) {
        return new FuzzRequest("POST", "/files", FuzzBody.none()).header(name, value);
    }

    /** The headers of an append without anything wrong. */
    static List<Field> append(long offset) {
        return List.of(
                new Field("Tus-Resumable", "1.0.0"),
                new Field("Content-Type", "application/offset+octet-stream"),
                new Field("Upload-Offset", Long.toString(offset)));
    }

    /** Adds a header line; its value is stripped as on the wire. */
    public FuzzRequest header(String name, String value) {
        headers.add(new Field(name, value.strip()));
        return this;
    }

    FuzzRequest trailer(String name, String value) {
        trailers.add(new Field(name, value));
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String authority() {
        return AUTHORITY;
    }

    @Override
    public List<String> headers(String name) {
        return values(headers, name);
    }

    @Override
    public List<String> trailers(String name) {
        return values(trailers, name);
    }

    @Override
    public UploadBody body() {
        return body;
    }

    private static List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    @Override
    public String toString() {
        return "%s %s %s %s".formatted(method, path, headers, trailers);
    }
}
