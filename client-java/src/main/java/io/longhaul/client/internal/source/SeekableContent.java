package io.longhaul.client.internal.source;

import io.longhaul.client.SourceChangedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;

/** Bytes of a channel, read when they are sent. */
final class SeekableContent implements OpenContent {

    /** Compares the source with what it was. */
    @FunctionalInterface
    interface Check {
        @SuppressWarnings("UnusedReturnValue")
        Object look() throws IOException;
    }

    private static final int MAX_READ = 128 << 10;

    private final SeekableByteChannel channel;
    private final long length;
    private final Check check;
    private final MappedWindow window;

    /**
     * @param mapped whether a file's bytes may be given as mapped memory, without a copy
     */
    SeekableContent(SeekableByteChannel channel, long length, Check check, boolean mapped) {
        this.channel = channel;
        this.length = length;
        this.check = check;
        this.window =
                mapped && channel instanceof FileChannel file
                        ? MappedWindow.of(file, length)
                        : MappedWindow.none();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public boolean seekable() {
        return true;
    }

    @Override
    public long prepare(long offset, long max) {
        return Math.min(max, length - offset);
    }

    @Override
    public ByteBuffer bytes(long position, int max) throws IOException {
        var mapped = window.bytes(position, max);
        return mapped.isPresent() ? mapped.get() : read(position, Math.min(max, MAX_READ));
    }

    @Override
    public void verify() throws IOException {
        check.look();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private ByteBuffer read(long position, int max) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(max);
        int read;
        if (channel instanceof FileChannel file) {
            read = file.read(buffer, position);
        } else {
            read = channel.position(position).read(buffer);
        }
        if (read <= 0) {
            check.look();
            throw new SourceChangedException(
                    "the source ends at " + position + " of " + length + " bytes");
        }
        return buffer.flip();
    }
}
