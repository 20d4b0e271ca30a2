package io.longhaul.server.s3.check;

/** What was found out about a store. */
record Finding(Grade grade, String text) {

    static Finding ok(String text) {
        return new Finding(Grade.OK, text);
    }

    /** One text when it is so, and another with a worse grade when not. */
    static Finding of(boolean good, String text, Grade otherwise, String bad) {
        return good ? ok(text) : new Finding(otherwise, bad);
    }
}
