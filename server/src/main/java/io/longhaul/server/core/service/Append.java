package io.longhaul.server.core.service;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request to add bytes.
 *
 * @param offset where the client believes the upload to be
 * @param key the client's name for the request: a second one of the same name is the first one
 *     repeated, and ends it; empty when it gave none
 * @param length the upload's length, for one whose length was deferred; empty when not given
 */
public record Append(
        long offset,
        OptionalLong length,
        Verification verification,
        Optional<String> key,
        UploadBody body) {}
