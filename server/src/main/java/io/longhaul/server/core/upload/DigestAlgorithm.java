package io.longhaul.server.core.upload;

import java.util.Arrays;
import java.util.Optional;

/** The algorithms that an append can be verified with. */
public enum DigestAlgorithm {
    SHA1("sha1", 20),
    SHA256("sha256", 32),
    SHA512("sha512", 64),
    MD5("md5", 16),
    CRC32("crc32", 4),
    CRC32C("crc32c", 4);

    private final String token;
    private final int bytes;

    DigestAlgorithm(String token, int bytes) {
        this.token = token;
        this.bytes = bytes;
    }

    /** The algorithm's name on the wire. */
    public String token() {
        return token;
    }

    /** The length of a digest in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The algorithm with that name; names are case-sensitive (tus 1.0.0, Checksum). */
    public static Optional<DigestAlgorithm> named(String token) {
        return Arrays.stream(values()).filter(each -> each.token.equals(token)).findFirst();
    }
}
