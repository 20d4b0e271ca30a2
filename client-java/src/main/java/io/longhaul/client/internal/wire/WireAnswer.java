package io.longhaul.client.internal.wire;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * An answer.
 *
 * @param url where it came from, after redirects
 * @param text the beginning of its body
 */
record WireAnswer(int status, HttpHeaders headers, String text, URI url) {

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    boolean successful() {
        return status >= 200 && status < 300;
    }
}
