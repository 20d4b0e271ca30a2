package io.longhaul.server.core.service;

import java.util.OptionalLong;

/**
 * A request to add bytes.
 *
 * @param offset where the client believes the upload to be
 * @param length the upload's length, for one whose length was deferred; empty when not given
 */
public record Append(
        long offset, OptionalLong length, Verification verification, UploadBody body) {}
