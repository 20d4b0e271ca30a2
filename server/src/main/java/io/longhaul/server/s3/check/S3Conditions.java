package io.longhaul.server.s3.check;

import java.time.Duration;

/**
 * What a store makes of the conditions that the records of uploads need.
 *
 * @param create what it makes of {@code If-None-Match: *}
 * @param replace what it makes of {@code If-Match}
 * @param calls how many calls it took to find out
 * @param time how long it took
 */
public record S3Conditions(Verdict create, Verdict replace, int calls, Duration time) {

    /** Whether records can be in the store. */
    public boolean enough() {
        return create == Verdict.ATOMIC && replace == Verdict.ATOMIC;
    }

    /** What is wrong with the store, as a sentence, when it is not enough. */
    public String problem(Object store) {
        return "The store %s cannot hold the records of uploads: when writing, %s."
                .formatted(store, words());
    }

    private String words() {
        String creating = "If-None-Match: * " + create.words();
        String replacing = "If-Match " + replace.words();
        if (create == Verdict.ATOMIC) {
            return replacing;
        }
        return replace == Verdict.ATOMIC ? creating : creating + ", and " + replacing;
    }

    /** What to do then, as a sentence. */
    public String remedy() {
        return "Keep the records in a database with longhaul.catalog=postgresql, or use a store that"
                + " heeds both conditions, also of writers at the same time.";
    }
}
