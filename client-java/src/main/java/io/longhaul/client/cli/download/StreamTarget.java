package io.longhaul.client.cli.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Standard output: what was written cannot be taken back. */
public final class StreamTarget implements Target {

    private final OutputStream out;
    private Entity entity = Entity.unknown();
    private long position;

    public StreamTarget(OutputStream out) {
        this.out = out;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Entity entity() {
        return entity;
    }

    @Override
    public void begin(Entity next) throws ChangedException {
        if (position > 0) {
            throw new ChangedException(
                    "the content changed, or the server sends no ranges, after "
                            + position
                            + " bytes were written");
        }
        entity = next;
    }

    @Override
    public void write(ByteBuffer bytes) throws TargetException {
        int count = bytes.remaining();
        try {
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
        } catch (IOException e) {
            throw new TargetException("the output cannot be written: " + e.getMessage(), e);
        }
        position += count;
    }

    @Override
    public void complete() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        // Belongs to the process.
    }
}
