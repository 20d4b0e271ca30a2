package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a store makes of what the records of uploads need.
 *
 * @param create what it makes of {@code If-None-Match: *}
 * @param replace what it makes of {@code If-Match}
 * @param listed whether a list shows at once what was written and deleted
 * @param calls how many calls it took to find out
 * @param time how long it took
 */
public record S3Conditions(
        Verdict create, Verdict replace, boolean listed, int calls, Duration time) {

    /** How records are best changed in the store; empty when they cannot be in it. */
    public Optional<S3Mode> best() {
        return Stream.of(S3Mode.values()).filter(this::suffice).findFirst();
    }

    /** Whether records can be changed so. */
    public boolean suffice(S3Mode mode) {
        return create == Verdict.ATOMIC
                && switch (mode) {
                    case REPLACE -> replace == Verdict.ATOMIC;
                    case CREATE_ONLY -> listed;
                };
    }

    /** What is wrong with the store, as a sentence, when nothing suffices. */
    public String problem(Object store) {
        return "The store %s cannot hold the records of uploads: when writing, %s."
                .formatted(store, words());
    }

    /** The same when what suffices is not how the records in it are changed. */
    public String problem(Object store, S3Mode mode) {
        return "The store %s cannot hold the records of uploads any more, which are changed by %s: when writing, %s."
                .formatted(store, mode, words());
    }

    private String words() {
        String creating = "If-None-Match: * " + create.words();
        String replacing = "If-Match " + replace.words();
        String listing = listed ? "" : ", and a list does not show at once what was written";
        if (create == Verdict.ATOMIC) {
            return replacing + listing;
        }
        return replace == Verdict.ATOMIC ? creating : creating + ", and " + replacing;
    }

    /** What to do then, as a sentence. */
    public String remedy() {
        return "Keep the records in a database with longhaul.catalog=postgresql, or use a store that"
                + " heeds If-None-Match: *, also of writers at the same time.";
    }
}
