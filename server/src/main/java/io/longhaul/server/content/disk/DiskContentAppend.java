package io.longhaul.server.content.disk;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one file. Holds a descriptor only between a write and {@link #idle}; a force on a
 * descriptor that was opened later covers what was written through an earlier one.
 */
final class DiskContentAppend implements ContentAppend {

    /**
     * A heap buffer is copied to native memory by the JDK, which keeps as much as one write took.
     */
    private static final int LONGEST_WRITE = 256 << 10;

    private final ContentFiles files;
    private final FreeSpace space;
    private final UploadId id;
    private final WriteBehind writeBehind;

    private @Nullable FileChannel channel;
    private long offset;
    private long flushed;

    /** Whether the file is there; when it then goes missing it must not be made again. */
    private boolean begun;

    private boolean entryDue;
    private boolean unflushed;
    private boolean broken;
    private boolean closed;

    DiskContentAppend(ContentFiles files, FreeSpace space, UploadId id, long offset) {
        this.files = files;
        this.space = space;
        this.id = id;
        this.writeBehind = new WriteBehind(offset);
        this.offset = offset;
        this.flushed = offset;
        this.begun = offset > 0;
        this.entryDue = offset == 0;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        requireOpen();
        try {
            while (bytes.hasRemaining()) {
                writeSome(bytes, space.grant(Math.min(bytes.remaining(), LONGEST_WRITE)));
            }
        } catch (IOException e) {
            throw space.explain(e);
        }
    }

    private void writeSome(ByteBuffer bytes, int count) throws IOException {
        FileChannel file = file();
        unflushed = true;
        int written = file.write(bytes.slice(bytes.position(), count), offset);
        bytes.position(bytes.position() + written);
        offset += written;
        if (files.forces()) {
            writeBehind.wrote(file, offset);
        }
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public ContentReference flush() throws IOException {
        requireOpen();
        if (unflushed) {
            force();
            entryDue = false;
            unflushed = false;
            flushed = offset;
        }
        return new ContentReference(id.value());
    }

    private void force() throws IOException {
        if (broken) {
            // The kernel reports a lost write once and then forgets it: a second force proves
            // nothing.
            throw new IOException("an earlier flush of upload %s failed".formatted(id));
        }
        try {
            writeBehind.await();
            files.force(id, file(), entryDue);
        } catch (IOException e) {
            broken = true;
            throw space.explain(e);
        }
    }

    @Override
    public void committed() {
        // An earlier reference names the same file.
    }

    @Override
    public void idle() throws IOException {
        requireOpen();
        release();
    }

    private void release() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try (open) {
                writeBehind.await();
            } catch (IOException e) {
                broken = true;
                throw space.explain(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            release();
        } finally {
            if (unflushed) {
                files.cut(id, flushed);
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /**
     * The open file. An interrupt closes a channel under its user, so it may have to be reopened.
     */
    private FileChannel file() throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            open = begun ? files.reopen(id, offset) : files.create(id);
            begun = true;
            channel = open;
        }
        return open;
    }
}
