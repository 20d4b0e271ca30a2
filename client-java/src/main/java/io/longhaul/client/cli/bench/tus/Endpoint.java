package io.longhaul.client.cli.bench.tus;

import io.longhaul.client.cli.bench.wire.Address;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** A URL at which uploads are created, and the headers that every request to it carries. */
public record Endpoint(URI url, Address address, String headers) {

    /**
     * Checks what a user gave.
     *
     * @param headers further headers, as {@code Name: value}
     * @throws IllegalArgumentException when the URL or a header cannot be used
     */
    public static Endpoint of(URI url, List<String> headers) {
        Address address = Address.of(url);
        String further =
                headers.stream()
                        .map(Endpoint::checked)
                        .map(header -> header + "\r\n")
                        .collect(Collectors.joining());
        return new Endpoint(url, address, "Host: " + address.authority() + "\r\n" + further);
    }

    String target() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** What to ask for, to reach an upload: its Location may be relative or absolute. */
    String target(String location) throws UnexpectedAnswerException {
        if (location.startsWith("/") && !location.startsWith("//")) {
            return location;
        }
        try {
            URI upload = url.resolve(location);
            if (Address.of(upload).equals(address)) {
                return new Endpoint(upload, address, headers).target();
            }
        } catch (IllegalArgumentException e) {
            throw new UnexpectedAnswerException("a Location that is no URL: " + location);
        }
        throw new UnexpectedAnswerException(
                "the Location %s is not at %s".formatted(location, address.authority()));
    }

    private static String checked(String header) {
        if (header.indexOf(':') <= 0 || header.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            throw new IllegalArgumentException(
                    "not a header of the form \"Name: value\": " + header);
        }
        return header;
    }
}
