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

    private static final int MAX_SHOWN = 40;

    /**
     * Checks what a client sent.
     *
     * @throws UploadException.InvalidMetadata when a key is empty, repeated or not visible ASCII,
     *     or a value is not Base64
     */
    public static UploadMetadata parse(String encoded) {
        Set<String> keys = new HashSet<>();
        for (String text : encoded.split(",", -1)) {
            Pair pair = Pair.of(text);
            checkKey(pair.key, keys);
            pair.decoded();
        }
        return new UploadMetadata(encoded);
    }

    /** A key and its Base64 value; what is stored is read exactly as it was checked. */
    private record Pair(String key, String value) {

        static Pair of(String text) {
            String pair = text.strip();
            int space = pair.indexOf(' ');
            return space < 0
                    ? new Pair(pair, "")
                    : new Pair(pair.substring(0, space), pair.substring(space + 1).strip());
        }

        byte[] decoded() {
            try {
                return Base64.getDecoder().decode(value);
            } catch (IllegalArgumentException e) {
                throw new UploadException.InvalidMetadata(
                        "the value of '%s' is not Base64".formatted(shown(key)), e);
            }
        }
    }

    private static void checkKey(String key, Set<String> known) {
        if (key.isEmpty()) {
            throw new UploadException.InvalidMetadata("a key is empty");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new UploadException.InvalidMetadata("a key has other than visible ASCII letters");
        }
        if (!known.add(key)) {
            throw new UploadException.InvalidMetadata(
                    "the key '%s' is repeated".formatted(shown(key)));
        }
    }

    private static String shown(String key) {
        return key.length() > MAX_SHOWN ? key.substring(0, MAX_SHOWN) + "…" : key;
    }

    public boolean isEmpty() {
        return encoded.isEmpty();
    }

    /** The value of a key as UTF-8 text; empty when there is no such key or it is not UTF-8. */
    public Optional<String> text(String key) {
        for (String text : encoded.split(",", -1)) {
            Pair pair = Pair.of(text);
            if (pair.key.equals(key)) {
                return utf8(pair.decoded());
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
