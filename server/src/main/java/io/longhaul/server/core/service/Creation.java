package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.UploadMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new upload.
 *
 * @param owner who asks; empty when nobody is known
 * @param length in bytes; empty for deferred
 * @param idempotencyKey the client's name for this creation; null when it gave none
 */
public record Creation(
        String owner,
        OptionalLong length,
        UploadMetadata metadata,
        Concatenation concatenation,
        @Nullable String idempotencyKey) {

    /**
     * Names this creation, so that repeating it finds the same upload: the client's key, for this
     * owner, length and kind. Null when the client gave no key.
     */
    @Nullable String key() {
        if (idempotencyKey == null) {
            return null;
        }
        String kind =
                switch (concatenation) {
                    case Concatenation.None() -> "none";
                    case Concatenation.Partial _ -> "partial";
                    case Concatenation.Final(var partials, _) -> "final " + partials;
                };
        String what = String.join("\n", owner, length.toString(), kind, idempotencyKey);
        return HexFormat.of().formatHex(sha256(what));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
