package io.longhaul.server.protocol.http;

import java.util.List;
import java.util.Optional;

/** Reads headers that may come once at most. */
public final class SingleHeader {

    private SingleHeader() {}

    /**
     * The value of a header.
     *
     * @throws HttpProblem 400 {@code repeated-header} when it came more than once
     */
    public static Optional<String> of(HttpRequest request, String name) {
        return only(name, request.headers(name));
    }

    /** The same for a trailer. */
    public static Optional<String> ofTrailer(HttpRequest request, String name) {
        return only(name, request.trailers(name));
    }

    private static Optional<String> only(String name, List<String> values) {
        if (values.size() > 1) {
            throw HttpProblem.badRequest(
                    "repeated-header", "%s came %d times".formatted(name, values.size()));
        }
        return values.stream().findFirst();
    }
}
