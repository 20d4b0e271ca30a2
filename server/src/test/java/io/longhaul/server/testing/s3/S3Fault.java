package io.longhaul.server.testing.s3;

import java.time.Duration;

/** What happens to a call. */
public sealed interface S3Fault {

    /** Nothing: it is answered. */
    record None() implements S3Fault {}

    /** It is answered, but late: the store does what is asked after the wait. */
    record Late(Duration time) implements S3Fault {}

    /** It is refused without being looked at. */
    record Refused(int status, String code) implements S3Fault {}

    /** The store does it, and the answer is lost with the connection. */
    record AnswerLost() implements S3Fault {}

    /** The connection breaks in the middle of the request's body: nothing is done. */
    record RequestLost() implements S3Fault {}

    /** The connection breaks in the middle of the answer's body. */
    record AnswerCut() implements S3Fault {}

    /** A list does not show what was written in the time before; other calls are answered. */
    record StaleList(Duration time) implements S3Fault {}

    S3Fault NONE = new None();

    /** As a store under load answers. */
    static S3Fault slowDown() {
        return new Refused(503, "SlowDown");
    }
}
