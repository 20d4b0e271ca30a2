package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.Digest;
import io.longhaul.server.core.upload.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A digest that a test says comes with the bytes.
 *
 * @param behind whether it comes only after them
 */
public record ScriptedVerification(Digest digest, boolean behind) implements Verification {

    /** The digest of these bytes. */
    public static ScriptedVerification of(DigestAlgorithm algorithm, byte[] bytes, boolean behind) {
        DigestComputation computation = DigestComputation.of(algorithm);
        computation.update(ByteBuffer.wrap(bytes));
        return new ScriptedVerification(computation.digest(), behind);
    }

    /** One that those bytes do not have. */
    public ScriptedVerification wrong() {
        byte[] value = digest.value();
        value[value.length - 1] ^= 1;
        return new ScriptedVerification(new Digest(digest.algorithm(), value), behind);
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
