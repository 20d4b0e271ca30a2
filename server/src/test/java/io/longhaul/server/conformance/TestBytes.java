package io.longhaul.server.conformance;

import java.util.Random;

/** Bytes to upload that differ from place to place, so that none can stand in for another. */
final class TestBytes {

    private TestBytes() {}

    /** The same bytes for the same seed. */
    static byte[] random(int seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
