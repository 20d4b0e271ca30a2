package io.longhaul.server.s3;

/**
 * A range of an object.
 *
 * @param position of its first byte
 * @param count how many bytes; more than zero
 */
public record S3Range(long position, long count) {

    /** As HTTP says it. */
    String header() {
        return "bytes=%d-%d".formatted(position, Math.addExact(position, count) - 1);
    }
}
