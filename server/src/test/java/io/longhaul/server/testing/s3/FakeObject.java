package io.longhaul.server.testing.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** An object, or a part of one. Immutable; what is made of parts shares their bytes. */
final class FakeObject {

    private final List<byte[]> pieces;
    private final long length;
    private final String etag;
    private final Instant modified = Instant.now();

    private FakeObject(List<byte[]> pieces, String etag) {
        this.pieces = pieces;
        this.etag = etag;
        length = pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    static FakeObject of(byte[] bytes) {
        return new FakeObject(List.of(bytes), hex(md5().digest(bytes)));
    }

    /** What a multipart upload becomes. */
    static FakeObject of(Collection<FakeObject> parts) {
        MessageDigest digest = md5();
        List<byte[]> pieces = new ArrayList<>();
        for (FakeObject part : parts) {
            pieces.addAll(part.pieces);
            digest.update(HexFormat.of().parseHex(part.etag()));
        }
        return new FakeObject(
                List.copyOf(pieces), "%s-%d".formatted(hex(digest.digest()), parts.size()));
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

    /** How many bytes it has. */
    long length() {
        return length;
    }

    /** A range that is there, and that an array can hold. */
    byte[] range(long first, long end) {
        byte[] range = new byte[Math.toIntExact(end - first)];
        long start = 0;
        for (byte[] piece : pieces) {
            long from = Math.max(first, start);
            long to = Math.min(end, start + piece.length);
            if (from < to) {
                System.arraycopy(
                        piece,
                        (int) (from - start),
                        range,
                        (int) (from - first),
                        (int) (to - from));
            }
            start += piece.length;
        }
        return range;
    }

    /** Without quotes. */
    String etag() {
        return etag;
    }

    Instant modified() {
        return modified;
    }
}
