package io.longhaul.server.s3.check;

/** How good something is that was found out about a store. */
enum Grade {
    OK("OK"),
    WARNING("WARNING"),
    /** Content can be in the store, but records need more. */
    NOT_FOR_RECORDS("NOT ENOUGH"),
    NOT_ENOUGH("NOT ENOUGH");

    private final String word;

    Grade(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
