package io.longhaul.server.content.s3;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes in slabs, in the order in which they came. Written to by one thread; read by any, while
 * nobody writes or releases.
 */
final class SlabBytes {

    private final Slabs slabs;
    private final List<ByteBuffer> held = new ArrayList<>();
    private long length;

    SlabBytes(Slabs slabs) {
        this.slabs = slabs;
    }

    long length() {
        return length;
    }

    /** Whether a slab has to be added before the next byte. */
    boolean full() {
        return held.isEmpty() || !held.getLast().hasRemaining();
    }

    void add(ByteBuffer slab) {
        held.add(slab);
    }

    /**
     * Takes bytes into the last slab.
     *
     * @param most how many at most
     * @return how many
     */
    int put(ByteBuffer bytes, long most) {
        ByteBuffer slab = held.getLast();
        int count = (int) Math.min(Math.min(slab.remaining(), bytes.remaining()), most);
        slab.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        length += count;
        return count;
    }

    /** Reads from a position on, to the end as it is now. */
    InputStream open(long position) {
        return new Reader(position, length);
    }

    /** Gives all slabs back; there are no bytes any more. */
    void release() {
        held.forEach(slabs::release);
        held.clear();
        length = 0;
    }

    private final class Reader extends InputStream {

        private final long end;
        private long position;

        Reader(long position, long end) {
            this.position = position;
            this.end = end;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (position == end) {
                return count == 0 ? 0 : -1;
            }
            int within = (int) (position % Slabs.SIZE);
            int piece = (int) Math.min(Math.min(count, Slabs.SIZE - within), end - position);
            held.get((int) (position / Slabs.SIZE)).get(within, target, offset, piece);
            position += piece;
            return piece;
        }
    }
}
