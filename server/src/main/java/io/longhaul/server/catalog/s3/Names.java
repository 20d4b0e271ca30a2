package io.longhaul.server.catalog.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** What the names of objects are made of. */
final class Names {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    /** Sixteen hexadecimal digits that no other write has. */
    static String nonce() {
        return HexFormat.of().toHexDigits(RANDOM.nextLong());
    }

    /** The SHA-256 of a text, in hexadecimal digits. */
    static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Sixteen hexadecimal digits whose order is that of the instants, from 1970 on. */
    static String time(Instant instant) {
        return HexFormat.of().toHexDigits(Math.max(0, instant.toEpochMilli()));
    }
}
