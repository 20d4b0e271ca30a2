package io.longhaul.server.testing.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Checks the digests that come with a body. */
final class Digests {

    private Digests() {}

    /**
     * Refuses a body that has another digest.
     *
     * @param md5 the header; null when it is absent
     * @param crc32c the header; null when it is absent
     */
    static void check(byte[] body, @Nullable String md5, @Nullable String crc32c) throws S3Failure {
        if (md5 != null && !md5.equals(base64(md5().digest(body)))) {
            throw new S3Failure(400, "BadDigest", "Content-MD5: " + md5);
        }
        if (crc32c != null && !crc32c.equals(base64(crc32c(body)))) {
            throw new S3Failure(400, "BadDigest", "x-amz-checksum-crc32c: " + crc32c);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has MD5", e);
        }
    }

    private static byte[] crc32c(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }

    private static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }
}
