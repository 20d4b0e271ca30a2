package io.longhaul.server.app;

import static io.longhaul.server.app.InvalidSettingException.check;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes on one store reach each other, {@code longhaul.cluster.*}.
 *
 * @param url where the other nodes reach this one; null when they do not
 * @param secret which all nodes know; null when the URL is
 */
public record ClusterSettings(@Nullable URI url, @Nullable String secret) {

    // As long as what openssl rand -hex 16 prints.
    private static final int SHORTEST_SECRET = 32;

    public ClusterSettings {
        check(
                url == null || (WebAddress.isPlain(url) && url.getRawPath().isEmpty()),
                "longhaul.cluster.url",
                "an http or https URL without a path, such as http://10.0.0.1:8080");
        check(
                secret == null || url != null,
                "longhaul.cluster.url",
                "where the other nodes reach this one, as longhaul.cluster.secret is set");
        check(
                url == null || (secret != null && secret.length() >= SHORTEST_SECRET),
                "longhaul.cluster.secret",
                "the same %d characters or more at all nodes, as longhaul.cluster.url is set"
                        .formatted(SHORTEST_SECRET));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClusterSettings[url=%s]".formatted(url);
    }
}
