package io.longhaul.client.internal.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a Location may be. */
final class Urls {

    private Urls() {}

    /**
     * The URL that a Location stands for. Empty when it is none, not http or https, or leads from
     * https to http.
     */
    static Optional<URI> resolve(URI base, String location) {
        if (location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = base.resolve(new URI(location));
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            boolean safe = "https".equals(url.getScheme()) || "http".equals(base.getScheme());
            boolean reachable = url.getHost() != null && url.getPort() <= 65_535;
            return web && safe && reachable ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A value of the server for a message: in quotes, short, on one line. */
    static String quoted(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return '"' + (line.length() > 100 ? line.substring(0, 100) + "..." : line) + '"';
    }
}
