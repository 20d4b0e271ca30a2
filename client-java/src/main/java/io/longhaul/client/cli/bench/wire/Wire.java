package io.longhaul.client.cli.bench.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from a server. For one thread at a time, but any thread may close it. */
interface Wire extends Closeable {

    /** Sends all that remains. */
    void write(ByteBuffer bytes) throws IOException;

    /** Reads at least one byte, or -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Whether the server has neither sent anything nor closed. Nothing can be sent after it. */
    boolean isSilent() throws IOException;
}
