package io.longhaul.server.protocol.tus;

import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.protocol.http.HttpReply;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Tells what the server can do (tus 1.0.0, OPTIONS). */
final class OptionsHandler {

    private static final String EXTENSIONS =
            String.join(
                    ",",
                    "creation",
                    "creation-with-upload",
                    "creation-defer-length",
                    "expiration",
                    "checksum",
                    "checksum-trailer",
                    "termination",
                    "concatenation",
                    "concatenation-unfinished");

    private static final String ALGORITHMS =
            Arrays.stream(DigestAlgorithm.values())
                    .map(DigestAlgorithm::token)
                    .collect(Collectors.joining(","));

    private final UploadLimits limits;

    OptionsHandler(UploadLimits limits) {
        this.limits = limits;
    }

    HttpReply handle() {
        HttpReply reply =
                HttpReply.of(200)
                        .with("Tus-Version", "1.0.0")
                        .with("Tus-Extension", EXTENSIONS)
                        .with("Tus-Checksum-Algorithm", ALGORITHMS);
        return limits.maxSize().isPresent()
                ? reply.with("Tus-Max-Size", Long.toString(limits.maxSize().getAsLong()))
                : reply;
    }
}
