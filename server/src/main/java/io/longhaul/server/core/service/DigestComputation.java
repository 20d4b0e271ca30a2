package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.Digest;
import io.longhaul.server.core.upload.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Computes one digest over bytes as they come. Not thread-safe. */
final class DigestComputation {

    private final DigestAlgorithm algorithm;
    private final Consumer<ByteBuffer> update;
    private final Supplier<byte[]> value;

    private DigestComputation(
            DigestAlgorithm algorithm, Consumer<ByteBuffer> update, Supplier<byte[]> value) {
        this.algorithm = algorithm;
        this.update = update;
        this.value = value;
    }

    /**
     * What a verification may ask for in the end. A digest that is only announced can be of any
     * algorithm, and not every store can read the bytes again when it is known.
     */
    static List<DigestComputation> expected(Verification verification) {
        if (!verification.pending()) {
            return List.of();
        }
        return verification
                .atStart()
                .map(digest -> List.of(of(digest.algorithm())))
                .orElseGet(
                        () ->
                                Arrays.stream(DigestAlgorithm.values())
                                        .map(DigestComputation::of)
                                        .toList());
    }

    static DigestComputation of(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> of(algorithm, new CRC32());
            case CRC32C -> of(algorithm, new CRC32C());
            case SHA1 -> of(algorithm, "SHA-1");
            case SHA256 -> of(algorithm, "SHA-256");
            case SHA512 -> of(algorithm, "SHA-512");
            case MD5 -> of(algorithm, "MD5");
        };
    }

    private static DigestComputation of(DigestAlgorithm algorithm, Checksum checksum) {
        return new DigestComputation(
                algorithm,
                checksum::update,
                () -> ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
    }

    private static DigestComputation of(DigestAlgorithm algorithm, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            return new DigestComputation(algorithm, digest::update, digest::digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }

    DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** Adds the buffer's remaining bytes; the buffer itself is left as it was. */
    void update(ByteBuffer bytes) {
        update.accept(bytes.duplicate());
    }

    /** The digest of all bytes so far; to be called once. */
    Digest digest() {
        return new Digest(algorithm, value.get());
    }
}
