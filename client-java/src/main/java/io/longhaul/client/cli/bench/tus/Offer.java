package io.longhaul.client.cli.bench.tus;

import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Request;
import io.longhaul.client.cli.bench.wire.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server says that it can do (tus 1.0.0, OPTIONS). Without a limit, max-size is -1. */
public record Offer(Set<String> extensions, Set<String> checksumAlgorithms, long maxSize) {

    /** Asks an endpoint, which must speak tus and let uploads be created. */
    public static Offer of(Endpoint endpoint, HttpConnection connection) throws IOException {
        Response response =
                connection.exchange(
                        new Request("OPTIONS", endpoint.target(), endpoint.headers(), 0));
        if (response.status() != 200 && response.status() != 204) {
            throw UnexpectedAnswerException.to("OPTIONS", response);
        }
        if (response.header("Tus-Version").isEmpty()) {
            throw new UnexpectedAnswerException("OPTIONS answered without Tus-Version");
        }
        return from(response);
    }

    private static Offer from(Response response) throws IOException {
        var offer =
                new Offer(
                        list(response, "Tus-Extension"),
                        list(response, "Tus-Checksum-Algorithm"),
                        response.number("Tus-Max-Size"));
        if (!offer.extensions.contains("creation")) {
            throw new UnexpectedAnswerException("the server does not offer creation");
        }
        return offer;
    }

    public boolean creationWithUpload() {
        return extensions.contains("creation-with-upload");
    }

    public boolean termination() {
        return extensions.contains("termination");
    }

    public boolean sha1() {
        return extensions.contains("checksum") && checksumAlgorithms.contains("sha1");
    }

    public boolean allows(long length) {
        return maxSize < 0 || length <= maxSize;
    }

    private static Set<String> list(Response response, String header) {
        return Arrays.stream(response.header(header).orElse("").split(",", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
