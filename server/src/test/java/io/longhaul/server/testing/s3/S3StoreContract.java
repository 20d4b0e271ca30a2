package io.longhaul.server.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

/**
 * What the server expects of every store that speaks S3. The fake one and real ones run it, so that
 * the fake does not differ from them where it matters.
 */
abstract class S3StoreContract extends S3MultipartContract {

    private static final int ROUNDS = 20;

    /** A real store may notice only while it writes that the condition does not hold any more. */
    private static final Integer[] LOST = {409, 412, 500};

    @RepeatedTest(ROUNDS)
    void oneOfManyCreates() throws Exception {
        assertOneWon(S3Race.in(bucket(), KEY, request -> request.ifNoneMatch("*")));
    }

    @RepeatedTest(ROUNDS)
    void oneOfManyReplaces() throws Exception {
        String etag = bucket().put(KEY, "begun");

        assertOneWon(S3Race.in(bucket(), KEY, request -> request.ifMatch(etag)));
    }

    private void assertOneWon(S3Race race) {
        assertThat(race.winners()).containsExactly(bucket().text(KEY));
        assertThat(race.refusals()).hasSize(S3Race.WRITERS - 1).isSubsetOf(LOST);
    }
}
