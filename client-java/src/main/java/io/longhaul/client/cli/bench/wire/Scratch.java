package io.longhaul.client.cli.bench.wire;

import java.nio.ByteBuffer;

/** The direct buffers that one thread sends and receives with. Not thread-safe. */
public final class Scratch {

    private static final int OUT = 32 * 1024;
    private static final int IN = 256 * 1024;

    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN);

    ByteBuffer out() {
        return out;
    }

    ByteBuffer in() {
        return in;
    }
}
