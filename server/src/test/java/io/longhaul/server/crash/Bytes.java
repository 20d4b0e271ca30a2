package io.longhaul.server.crash;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.output.NullOutputStream;

/** The content of an upload: pieces of one random block, so that thousands take no memory. */
record Bytes(List<Piece> pieces) {

    private static final int BLOCK_LENGTH = 8 << 20;
    private static final int LONGEST_PIECE = 4 << 20;
    private static final byte[] BLOCK = block();

    /** Some bytes of the block. */
    record Piece(int start, int length) {}

    /** Bytes from here and there in the block. */
    static Bytes random(int length, Random random) {
        List<Piece> pieces = new ArrayList<>();
        for (int left = length; left > 0; left -= pieces.getLast().length()) {
            int count = Math.min(left, LONGEST_PIECE);
            pieces.add(new Piece(random.nextInt(BLOCK_LENGTH - count), count));
        }
        return new Bytes(pieces);
    }

    static Bytes concatenated(List<Bytes> all) {
        return new Bytes(all.stream().flatMap(bytes -> bytes.pieces().stream()).toList());
    }

    long length() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    byte[] range(long from, long to) {
        byte[] range = new byte[Math.toIntExact(to - from)];
        long position = 0;
        for (Piece piece : pieces) {
            long begin = Math.max(from, position);
            long end = Math.min(to, position + piece.length());
            if (begin < end) {
                int source = piece.start() + (int) (begin - position);
                System.arraycopy(BLOCK, source, range, (int) (begin - from), (int) (end - begin));
            }
            position += piece.length();
        }
        return range;
    }

    byte[] sha256() {
        return sha256(length());
    }

    /** The digest of the first bytes. */
    byte[] sha256(long count) {
        MessageDigest digest = sha256Digest();
        long left = count;
        for (Piece piece : pieces) {
            int some = (int) Math.min(left, piece.length());
            digest.update(BLOCK, piece.start(), some);
            left -= some;
        }
        return digest.digest();
    }

    /** The digest of the first bytes of a stream, or of all when there are fewer. */
    static byte[] sha256(InputStream in, long count) throws IOException {
        MessageDigest digest = sha256Digest();
        long _ =
                IOUtils.copyLarge(
                        in, new DigestOutputStream(NullOutputStream.INSTANCE, digest), 0, count);
        return digest.digest();
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] block() {
        byte[] block = new byte[BLOCK_LENGTH];
        new Random(0).nextBytes(block);
        return block;
    }
}
