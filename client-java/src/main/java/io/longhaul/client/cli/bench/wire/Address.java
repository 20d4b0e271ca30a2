package io.longhaul.client.cli.bench.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/** The origin of a URL: where to connect to, and whether by TLS. */
public record Address(boolean tls, String host, int port) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Takes the origin of a URL.
     *
     * @throws IllegalArgumentException when it is not the absolute URL of an HTTP server
     */
    public static Address of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (url.getHost() == null || !(tls || scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    "not a URL that begins with http:// or https://: " + url);
        }
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        return new Address(tls, url.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** The value of the header {@code Host}. */
    public String authority() {
        return port == (tls ? HTTPS_PORT : HTTP_PORT) ? host : host + ":" + port;
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }
}
