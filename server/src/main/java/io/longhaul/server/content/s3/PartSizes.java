package io.longhaul.server.content.s3;

import org.jspecify.annotations.Nullable;

/**
 * How large the parts of a multipart upload are. All of one have the same size but the last one, so
 * that whoever uploads a part again, also a process that was believed dead, uploads the same bytes.
 * What does not fit one multipart upload goes on in another.
 *
 * @param least bytes in a part
 * @param most bytes in a part
 * @param parts in one multipart upload at most
 */
record PartSizes(long least, long most, int parts) {

    /** What S3 allows, with parts that fit the memory: one object has up to 625 GiB. */
    static final PartSizes DEFAULT = new PartSizes(8L << 20, 64L << 20, 10_000);

    private static final long MIB = 1L << 20;

    /** What S3 allows in one object. */
    private static final long LARGEST_OBJECT = 5L << 40;

    /**
     * Into how many ranges content is divided to be copied, so that others have room for joints.
     */
    private static final int COPIES = 5_000;

    /** Whether so many bytes can be copied into one object. */
    boolean copyable(long length) {
        return length > 0 && length <= LARGEST_OBJECT;
    }

    /** The most bytes of a part that is copied, of an object of a length. */
    long copied(long length) {
        return Math.max(most, Math.ceilDiv(length, COPIES));
    }

    /**
     * The size of the parts of the next multipart upload.
     *
     * @param offset at which it begins
     * @param length of the whole upload; null while it is not known
     * @param before how many multipart uploads the content has already: each has parts twice as
     *     large as those of the one before, or larger
     */
    long next(long offset, @Nullable Long length, int before) {
        long doubled = Math.min(most, least << Math.min(before, Integer.SIZE - 1));
        if (length == null) {
            return doubled;
        }
        long needed = Math.ceilDiv(length - offset, parts);
        return Math.clamp(Math.ceilDiv(needed, MIB) * MIB, doubled, most);
    }
}
