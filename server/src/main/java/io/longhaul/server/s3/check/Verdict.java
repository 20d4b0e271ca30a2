package io.longhaul.server.s3.check;

/** What a store makes of a condition of a write. */
public enum Verdict {
    /** Of those who write at once under it, one wins. */
    ATOMIC("is heeded, also for writers at the same time"),
    NOT_ATOMIC("is heeded, but not for writers at the same time"),
    IGNORED("is taken, but not heeded"),
    /** Such a write is not done, though the condition holds. */
    REFUSED("is refused");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** What follows the name of the condition in a sentence. */
    String words() {
        return words;
    }
}
