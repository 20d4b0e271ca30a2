package io.longhaul.client.internal.engine;

import io.longhaul.client.internal.source.OpenContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Digests for Upload-Checksum (tus 1.0.0, Checksum), the one to prefer first. */
enum ChecksumAlgorithm {
    SHA256("sha256", "SHA-256"),
    SHA512("sha512", "SHA-512"),
    SHA1("sha1", "SHA-1"),
    MD5("md5", "MD5");

    private static final int BUFFER = 128 << 10;

    private final String token;
    private final String javaName;

    ChecksumAlgorithm(String token, String javaName) {
        this.token = token;
        this.javaName = javaName;
    }

    static Optional<ChecksumAlgorithm> among(Set<String> offered) {
        return Arrays.stream(values())
                .filter(algorithm -> offered.contains(algorithm.token))
                .findFirst();
    }

    /** The value of Upload-Checksum for some bytes of a content. */
    String header(OpenContent content, long offset, long length) throws IOException {
        MessageDigest digest = digest();
        for (long done = 0; done < length; ) {
            int wanted = (int) Math.min(BUFFER, length - done);
            ByteBuffer bytes = content.bytes(offset + done, wanted);
            done += bytes.remaining();
            digest.update(bytes);
        }
        return token + " " + Base64.getEncoder().encodeToString(digest.digest());
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
