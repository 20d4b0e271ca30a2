package io.longhaul.client.cli.bench.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Random;

/**
 * The bytes of every upload: one direct buffer, over and over. It is small enough to stay in the
 * processor's cache and random, so that nothing on the way can compress it. Thread-safe.
 */
public final class Payload {

    /** One write to a socket: few system calls, and still in the cache. */
    static final int SIZE = 256 * 1024;

    private final ByteBuffer bytes;

    public Payload() {
        byte[] random = new byte[SIZE];
        new Random(1).nextBytes(random);
        bytes = ByteBuffer.allocateDirect(SIZE).put(random).flip().asReadOnlyBuffer();
    }

    /** The first bytes of it, at most so many; for one thread. */
    public ByteBuffer first(long length) {
        return bytes.duplicate().limit((int) Math.min(length, SIZE));
    }

    /** Digests a body of so many bytes. */
    public byte[] digest(MessageDigest digest, long length) {
        for (long left = length; left > 0; left -= SIZE) {
            digest.update(first(left));
        }
        return digest.digest();
    }
}
