package io.longhaul.server.s3.check;

/** What a store is enough for. */
public enum Enough {
    /** Content, and records beside it. */
    FOR_ALL,
    /** Content, with the records in a database. */
    FOR_CONTENT,
    FOR_NOTHING
}
