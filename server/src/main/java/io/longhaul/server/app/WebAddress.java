package io.longhaul.server.app;

import java.net.URI;

/** What a URL in the settings may be. */
final class WebAddress {

    private WebAddress() {}

    /** Whether it has a host and a path at most, by HTTP or HTTPS. */
    static boolean isPlain(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme())
                        || "https".equalsIgnoreCase(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }
}
