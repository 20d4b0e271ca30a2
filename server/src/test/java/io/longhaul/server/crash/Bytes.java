package io.longhaul.server.crash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The content of an upload: pieces of one random block, so that thousands take no memory. */
record Bytes(List<Piece> pieces) {

    private static final int BLOCK_LENGTH = 8 << 20;
    private static final byte[] BLOCK = block();

    /** Some bytes of the block. */
    record Piece(int start, int length) {}

    /** Bytes from somewhere in the block. */
    static Bytes random(int length, Random random) {
        return new Bytes(List.of(new Piece(random.nextInt(BLOCK_LENGTH - length), length)));
    }

    static Bytes concatenated(List<Bytes> all) {
        List<Piece> pieces = new ArrayList<>();
        all.forEach(bytes -> pieces.addAll(bytes.pieces()));
        return new Bytes(pieces);
    }

    long length() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    /** A range, of content in one piece. */
    byte[] range(long from, long to) {
        int start = pieces.getFirst().start();
        return Arrays.copyOfRange(BLOCK, start + (int) from, start + (int) to);
    }

    byte[] sha256() {
        MessageDigest digest = sha256Digest();
        pieces.forEach(piece -> digest.update(BLOCK, piece.start(), piece.length()));
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
