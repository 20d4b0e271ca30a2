package io.longhaul.client.cli.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where downloaded bytes go. */
public interface Target extends Closeable {

    /** Bytes that are there already. */
    long position();

    /** What they are the beginning of. */
    Entity entity();

    /**
     * Throws away what is there, to begin with another entity.
     *
     * @throws ChangedException if that cannot be done
     */
    void begin(Entity entity) throws IOException;

    /** Appends. */
    void write(ByteBuffer bytes) throws IOException;

    /** All is there. */
    void complete() throws IOException;
}
