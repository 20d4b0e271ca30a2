package io.longhaul.server.power;

import java.util.Arrays;

/** The bytes of a file in memory. */
final class FileImage {

    private byte[] bytes;
    private int length;

    FileImage() {
        this(new byte[0], 0);
    }

    private FileImage(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    FileImage copy() {
        return new FileImage(Arrays.copyOf(bytes, length), length);
    }

    int length() {
        return length;
    }

    void apply(FileChange change) {
        switch (change) {
            case FileChange.Write write -> put(write, write.offset(), write.end());
            case FileChange.Resize resize -> resize(resize.length());
        }
    }

    /** Writes a part of what was written, from one offset in the file to another. */
    void put(FileChange.Write write, long from, long to) {
        prolong(to);
        int start = Math.toIntExact(from - write.offset());
        System.arraycopy(write.bytes(), start, bytes, (int) from, (int) (to - from));
    }

    void put(byte[] other, int offset) {
        put(new FileChange.Write(offset, other), offset, (long) offset + other.length);
    }

    void zero(long from, long to) {
        if (from < Math.min(to, length)) {
            Arrays.fill(bytes, (int) from, (int) Math.min(to, length), (byte) 0);
        }
    }

    void resize(long newLength) {
        zero(newLength, length);
        prolong(newLength);
        length = Math.toIntExact(newLength);
    }

    private void prolong(long end) {
        int needed = Math.toIntExact(end);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        length = Math.max(length, needed);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
