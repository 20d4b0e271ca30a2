package io.longhaul.server.testing.s3;

/**
 * What differs between stores.
 *
 * @param conditional whether If-Match and If-None-Match are heeded when writing
 * @param gaps whether a completion may leave out parts that were uploaded
 * @param leastPart the fewest bytes of any part but the last
 * @param mostParts of one multipart upload
 * @param page the most entries that a list gives at once
 */
public record S3Rules(boolean conditional, boolean gaps, int leastPart, int mostParts, int page) {

    /** The limits that S3 documents; of what stores do differently, the stricter. */
    public static final S3Rules STRICT = new S3Rules(true, false, 5 << 20, 10_000, 1_000);

    /** A store that takes conditions and does not heed them. */
    public S3Rules withoutConditions() {
        return new S3Rules(false, gaps, leastPart, mostParts, page);
    }

    /** With small parts and short pages, so that few bytes make many of them. */
    public S3Rules small(int part, int entries) {
        return new S3Rules(conditional, gaps, part, mostParts, entries);
    }
}
