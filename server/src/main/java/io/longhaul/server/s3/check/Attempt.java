package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;

/** What came of a write under a condition. */
sealed interface Attempt {

    /** It was done, the store says. */
    record Done(String etag) implements Attempt {}

    /** It was not done, as the condition did not hold, the store says. */
    record Lost() implements Attempt {}

    /** The store does not do such a thing. */
    record Refused(S3RefusedException answer) implements Attempt {}

    /** Nobody knows: it may even be done yet. */
    record Unclear(IOException failure) implements Attempt {}

    static Attempt at(S3Bucket bucket, String key, byte[] bytes, S3Condition condition) {
        try {
            return new Done(bucket.put(key, bytes, condition));
        } catch (S3RefusedException e) {
            return of(e);
        } catch (IOException e) {
            return new Unclear(e);
        }
    }

    private static Attempt of(S3RefusedException answer) {
        if (answer.conditionFailed() || answer.code().equals("NoSuchKey")) {
            return new Lost();
        }
        return new Refused(answer);
    }
}
