package io.longhaul.server.content.s3;

import io.longhaul.server.core.upload.UploadId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The keys of uploads' objects: {@code c/ab/<id>/<kind>-<nonce>}. No key is written twice, so what
 * a record names is never changed, whoever else is at it.
 */
final class ContentKeys {

    /** Before the keys of all content. */
    static final String ALL = "c/";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_AT = ALL.length() + 3;
    private static final int ID_LENGTH = 32;

    private ContentKeys() {}

    /** Before the keys of one upload's content. */
    static String prefix(UploadId id) {
        return "%s%s/%s/".formatted(ALL, id.value().substring(0, 2), id);
    }

    /** Of an object with all bytes, or of those that become it. */
    static String object(UploadId id) {
        return fresh(id, "o");
    }

    /** Of bytes behind the last part. */
    static String tail(UploadId id) {
        return fresh(id, "t");
    }

    /** Of a list of parts. */
    static String manifest(UploadId id) {
        return fresh(id, "m");
    }

    private static String fresh(UploadId id, String kind) {
        return "%s%s-%s".formatted(prefix(id), kind, HexFormat.of().toHexDigits(RANDOM.nextLong()));
    }

    /** Whose content has a key; empty for a key that is none of ours. */
    static Optional<UploadId> id(String key) {
        return key.length() > ID_AT + ID_LENGTH
                ? UploadId.parse(key.substring(ID_AT, ID_AT + ID_LENGTH))
                        .filter(id -> key.startsWith(prefix(id)))
                : Optional.empty();
    }
}
