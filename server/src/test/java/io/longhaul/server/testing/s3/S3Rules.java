package io.longhaul.server.testing.s3;

/**
 * What differs between stores.
 *
 * @param conditional what becomes of If-Match and If-None-Match when writing
 * @param gaps whether a completion may leave out parts that were uploaded
 * @param leastPart the fewest bytes of any part but the last
 * @param mostParts of one multipart upload
 * @param page the most entries that a list gives at once
 */
public record S3Rules(
        Conditional conditional, boolean gaps, int leastPart, int mostParts, int page) {

    /** What a store does with the condition of a write. */
    public enum Conditional {
        HEEDED,
        /** Looked at some time before it writes, so that of several writers all may win. */
        HEEDED_TOO_EARLY,
        /** If-Match is looked at too early, If-None-Match when it writes. */
        HEEDED_FOR_CREATION,
        IGNORED,
        REFUSED
    }

    /** The limits that S3 documents; of what stores do differently, the stricter. */
    public static final S3Rules STRICT =
            new S3Rules(Conditional.HEEDED, false, 5 << 20, 10_000, 1_000);

    /** A store that takes conditions and does not heed them. */
    public S3Rules withoutConditions() {
        return with(Conditional.IGNORED);
    }

    /** A store whose If-None-Match is atomic, and whose If-Match is not. */
    public S3Rules createOnly() {
        return with(Conditional.HEEDED_FOR_CREATION);
    }

    /** A store that does something else with conditions. */
    public S3Rules with(Conditional other) {
        return new S3Rules(other, gaps, leastPart, mostParts, page);
    }

    /** With small parts and short pages, so that few bytes make many of them. */
    public S3Rules small(int part, int entries) {
        return new S3Rules(conditional, gaps, part, mostParts, entries);
    }

    /** A store that takes so many parts of one multipart upload. */
    public S3Rules parts(int most) {
        return new S3Rules(conditional, gaps, leastPart, most, page);
    }
}
