package io.longhaul.server.s3;

/** What has to hold for a write to be done. */
public sealed interface S3Condition {

    /** Nothing: whatever is there is replaced. */
    record None() implements S3Condition {}

    /** There is no object of the key. */
    record Absent() implements S3Condition {}

    /** The object is the one with this ETag. */
    record Unchanged(String etag) implements S3Condition {}

    S3Condition NONE = new None();
    S3Condition ABSENT = new Absent();
}
