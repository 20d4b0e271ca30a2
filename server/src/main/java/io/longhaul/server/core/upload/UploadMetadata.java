package io.longhaul.server.core.upload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the client says about an upload: keys, each with a value of any bytes (tus 1.0.0,
 * Upload-Metadata). It is kept as received and given back byte for byte.
 *
 * @param encoded comma-separated pairs of a key and a Base64 value; empty for no metadata
 */
public record UploadMetadata(String encoded) {

    public static final UploadMetadata NONE = new UploadMetadata("");

    /**
     * Checks what a client sent.
     *
     * @throws UploadException.InvalidMetadata when a key is empty, repeated or not visible ASCII,
     *     or a value is not Base64
     */
    public static UploadMetadata parse(String encoded) {
        Set<String> keys = new HashSet<>();
        for (String pair : encoded.split(",", -1)) {
            String trimmed = pair.strip();
            int space = trimmed.indexOf(' ');
            String key = space < 0 ? trimmed : trimmed.substring(0, space);
            checkKey(key, keys);
            if (space >= 0) {
                decode(key, trimmed.substring(space + 1).strip());
            }
        }
        return new UploadMetadata(encoded);
    }

    private static void checkKey(String key, Set<String> known) {
        if (key.isEmpty()) {
            throw new UploadException.InvalidMetadata("a key is empty");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new UploadException.InvalidMetadata("a key has other than visible ASCII letters");
        }
        if (!known.add(key)) {
            throw new UploadException.InvalidMetadata("the key '%s' is repeated".formatted(key));
        }
    }

    private static byte[] decode(String key, String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new UploadException.InvalidMetadata(
                    "the value of '%s' is not Base64".formatted(key), e);
        }
    }

    public boolean isEmpty() {
        return encoded.isEmpty();
    }

    /** The value of a key as UTF-8 text; empty when there is no such key or it is not UTF-8. */
    public Optional<String> text(String key) {
        for (String pair : encoded.split(",", -1)) {
            String[] halves = pair.strip().split(" +", 2);
            if (halves[0].equals(key)) {
                return utf8(halves.length == 1 ? new byte[0] : decode(key, halves[1]));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> utf8(byte[] value) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException _) { // metadata may be any bytes: then it is not text
            return Optional.empty();
        }
    }
}
