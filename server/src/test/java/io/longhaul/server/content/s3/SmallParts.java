package io.longhaul.server.content.s3;

import io.longhaul.server.s3.S3Bucket;

/** The content store with parts so small that few bytes make several multipart uploads. */
public final class SmallParts {

    /** The fewest bytes of a part. */
    public static final int LEAST = 1 << 10;

    private static final int SLAB = Slabs.SIZE;
    private static final PartSizes SIZES = new PartSizes(LEAST, 2 * LEAST, 3);

    private SmallParts() {}

    /**
     * Opens a store.
     *
     * @param pieces of memory for all uploads together; each holds more than a part
     */
    public static S3ContentStore store(S3Bucket bucket, int pieces) {
        return new S3ContentStore(bucket, SIZES, new Slabs((long) pieces * SLAB), null);
    }
}
