package io.longhaul.server.testing.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;

/** An object, or a part of one. Immutable. */
final class FakeObject {

    private final byte[] bytes;
    private final String etag;
    private final Instant modified = Instant.now();

    private FakeObject(byte[] bytes, String etag) {
        this.bytes = bytes;
        this.etag = etag;
    }

    static FakeObject of(byte[] bytes) {
        return new FakeObject(bytes, hex(md5().digest(bytes)));
    }

    /** What a multipart upload becomes. */
    static FakeObject of(Collection<FakeObject> parts) {
        int length = parts.stream().mapToInt(part -> part.bytes().length).sum();
        byte[] bytes = new byte[length];
        MessageDigest digest = md5();
        int end = 0;
        for (FakeObject part : parts) {
            System.arraycopy(part.bytes(), 0, bytes, end, part.bytes().length);
            end += part.bytes().length;
            digest.update(HexFormat.of().parseHex(part.etag()));
        }
        String etag = "%s-%d".formatted(hex(digest.digest()), parts.size());
        return new FakeObject(bytes, etag);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has MD5", e);
        }
    }

    /** Never changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Without quotes. */
    String etag() {
        return etag;
    }

    Instant modified() {
        return modified;
    }
}
