package io.longhaul.server.simulation;

import io.longhaul.server.core.service.Verification;
import io.longhaul.server.core.upload.Digest;
import io.longhaul.server.core.upload.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A digest that comes with the bytes.
 *
 * @param behind whether it comes only after them
 */
record SimulatedDigest(Digest digest, boolean behind) implements Verification {

    static SimulatedDigest right(byte[] bytes, boolean behind) {
        return new SimulatedDigest(new Digest(DigestAlgorithm.SHA256, sha256(bytes)), behind);
    }

    static SimulatedDigest wrong(byte[] bytes, boolean behind) {
        byte[] value = sha256(bytes);
        value[0] ^= 1;
        return new SimulatedDigest(new Digest(DigestAlgorithm.SHA256, value), behind);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean pending() {
        return true;
    }

    @Override
    public Optional<Digest> atStart() {
        return behind ? Optional.empty() : Optional.of(digest);
    }

    @Override
    public Optional<Digest> atEnd() {
        return Optional.of(digest);
    }
}
