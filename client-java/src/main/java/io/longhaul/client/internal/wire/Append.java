package io.longhaul.client.internal.wire;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bytes to add to an upload (tus 1.0.0, PATCH).
 *
 * @param offset where the server is
 * @param declaredLength of the upload, to be declared with these bytes when it was deferred
 * @param checksum value of Upload-Checksum
 */
public record Append(
        URI url,
        long offset,
        RequestBody body,
        OptionalLong declaredLength,
        Optional<String> checksum) {}
