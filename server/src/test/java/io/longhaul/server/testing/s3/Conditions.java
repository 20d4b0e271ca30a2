package io.longhaul.server.testing.s3;

import org.jspecify.annotations.Nullable;

/**
 * What has to hold for a write.
 *
 * @param etag that the object has to have, without quotes; null for any
 * @param absent whether there must be none
 */
record Conditions(@Nullable String etag, boolean absent) {

    static final Conditions NONE = new Conditions(null, false);

    /**
     * @param ifMatch the header; null when it is absent
     * @param ifNoneMatch the header; null when it is absent
     */
    static Conditions of(@Nullable String ifMatch, @Nullable String ifNoneMatch) throws S3Failure {
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw new S3Failure(501, "NotImplemented", "If-None-Match: " + ifNoneMatch);
        }
        return new Conditions(ifMatch == null ? null : unquoted(ifMatch), ifNoneMatch != null);
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    /** What of it concerns the creation of an object. */
    Conditions onCreation() {
        return new Conditions(null, absent);
    }

    /** For a store that knows no conditions. */
    void checkNone() throws S3Failure {
        if (!equals(NONE)) {
            throw new S3Failure(501, "NotImplemented", "a condition");
        }
    }

    void check(String key, @Nullable FakeObject present) throws S3Failure {
        if (absent && present != null) {
            throw S3Failure.preconditionFailed();
        }
        if (etag != null && present == null) {
            throw S3Failure.noSuchKey(key);
        }
        if (etag != null && present != null && !etag.equals(present.etag())) {
            throw S3Failure.preconditionFailed();
        }
    }
}
