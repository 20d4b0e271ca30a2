package io.longhaul.server.conformance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Values of {@code Upload-Checksum}. */
final class Sha1 {

    private Sha1() {}

    static String of(byte[] bytes) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
        return "sha1 " + Base64.getEncoder().encodeToString(digest);
    }
}
