package io.longhaul.server.s3;

/** How small objects are changed that several servers change: all of them do it in the same way. */
public enum S3Mode {
    /** An object is replaced under {@code If-Match}, and created under {@code If-None-Match: *}. */
    REPLACE("if-match"),
    /** Each version is an object of its own, created under {@code If-None-Match: *}. */
    CREATE_ONLY("create-only");

    private final String word;

    S3Mode(String word) {
        this.word = word;
    }

    /** The name that people see, and that is kept in the bucket. */
    @Override
    public String toString() {
        return word;
    }
}
