package io.longhaul.server.protocol.tus;

import io.longhaul.server.protocol.http.HttpRequest;
import io.longhaul.server.protocol.http.SingleHeader;
import java.util.Optional;

/**
 * {@code Idempotency-Key} of a request (draft-ietf-httpapi-idempotency-key-header): the client's
 * name for it. The same name again means the same request again.
 */
final class IdempotencyKeyHeader {

    private IdempotencyKeyHeader() {}

    /** The key; empty when there is none, or nothing in it. */
    static Optional<String> of(HttpRequest request) {
        return SingleHeader.of(request, "Idempotency-Key").filter(key -> !key.isEmpty());
    }
}
