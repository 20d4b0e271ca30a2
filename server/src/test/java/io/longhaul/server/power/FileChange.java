package io.longhaul.server.power;

/** A change of a file's bytes or length. */
sealed interface FileChange {

    /** Bytes were written. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
    record Write(long offset, byte[] bytes) implements FileChange {

        long end() {
            return offset + bytes.length;
        }
    }

    /** The file was cut or prolonged with zeros. */
    record Resize(long length) implements FileChange {}

    /** How long a file of some length is after it. */
    default long lengthAfter(long length) {
        return switch (this) {
            case Write write -> Math.max(length, write.end());
            case Resize resize -> resize.length();
        };
    }
}
