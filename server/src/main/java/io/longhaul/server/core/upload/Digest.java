package io.longhaul.server.core.upload;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * A digest: an algorithm and a value. A CRC is its four bytes in network order.
 *
 * @param value as many bytes as the algorithm gives
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and equals compares the content
public record Digest(DigestAlgorithm algorithm, byte[] value) {

    public Digest {
        if (value.length != algorithm.bytes()) {
            throw new IllegalArgumentException(
                    "a %s digest has %d bytes, not %d"
                            .formatted(algorithm.token(), algorithm.bytes(), value.length));
        }
        value = value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest(DigestAlgorithm theirs, byte[] bytes)
                && theirs == algorithm
                && MessageDigest.isEqual(bytes, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return algorithm.token() + " " + Base64.getEncoder().encodeToString(value);
    }
}
