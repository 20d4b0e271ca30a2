package io.longhaul.client.internal.wire;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request of tus.
 *
 * @param freshCredentials whether the ones given last were refused
 * @param stallTimeout how long it may go without a byte moving
 */
record WireRequest(
        String method,
        URI url,
        Map<String, String> headers,
        Optional<RequestBody> body,
        boolean freshCredentials,
        Duration stallTimeout) {

    /** A POST that stands for another method. */
    WireRequest overridden() {
        var overriding = new LinkedHashMap<>(headers);
        overriding.put("X-HTTP-Method-Override", method);
        return new WireRequest("POST", url, overriding, body, freshCredentials, stallTimeout);
    }

    WireRequest to(URI other) {
        return new WireRequest(method, other, headers, body, freshCredentials, stallTimeout);
    }
}
