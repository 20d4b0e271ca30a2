package io.longhaul.server.testing.s3;

import static io.longhaul.server.testing.s3.TestBucket.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the fake store does beyond what is expected of all stores. */
final class FakeS3Tests extends FakeS3Fixture {

    FakeS3Tests() throws IOException {}

    @Test
    void tellsWhatItHolds() {
        bucket.put("b", "1");
        bucket.put("a", "2");
        String id = bucket.begin(KEY);

        assertThat(store.keys()).containsExactly("a", "b");
        assertThat(store.multiparts()).isEqualTo(1);
        bucket.abort(KEY, id);
        assertThat(store.multiparts()).isZero();
    }

    @Test
    void takesTheETagWithQuotesToo() {
        String first = bucket.put(KEY, "1");

        bucket.put(KEY, "2", request -> request.ifMatch("\"" + first + "\""));

        assertThat(bucket.text(KEY)).isEqualTo("2");
    }

    @Test
    void doesNotFindWhatIsToBeReplacedWhereNothingIs() {
        String etag = bucket.put(KEY, "1");

        assertRefused(
                404, "NoSuchKey", () -> bucket.put("none", "2", request -> request.ifMatch(etag)));
    }

    @Test
    void deletesOnlyWhatHasTheETag() {
        String first = bucket.put(KEY, "1");
        String second = bucket.put(KEY, "2");

        assertRefused(412, "PreconditionFailed", () -> delete(first));
        delete(second);

        assertThat(store.keys()).isEmpty();
    }

    private void delete(String etag) {
        bucket.s3().deleteObject(request -> request.bucket(bucket.name()).key(KEY).ifMatch(etag));
    }

    @Test
    void tellsLosersThatTheConditionFailed() throws Exception {
        S3Race race = S3Race.in(bucket, KEY, request -> request.ifNoneMatch("*"));

        assertThat(race.refusals()).hasSize(S3Race.WRITERS - 1).containsOnly(412);
        assertThat(store.takeCounts()).containsEntry(S3Operation.PUT_OBJECT, S3Race.WRITERS);
    }

    @Test
    void allWritersWinWhereConditionsAreNotHeeded() throws Exception {
        try (FakeS3 careless = FakeS3.start(RULES.withoutConditions())) {
            TestBucket unsafe = bucket(careless);
            String etag = unsafe.put(KEY, "begun");

            S3Race race = S3Race.in(unsafe, KEY, request -> request.ifMatch(etag));

            assertThat(race.winners()).hasSize(S3Race.WRITERS);
            unsafe.s3().close();
        }
    }

    @Test
    void givesAPageAtATimeUnasked() {
        for (int i = 0; i < 2 * PAGE + 1; i++) {
            bucket.put("list/" + i, "");
        }
        store.takeCounts();

        assertThat(bucket.keys()).hasSize(2 * PAGE + 1);
        assertThat(store.takeCounts()).containsEntry(S3Operation.LIST_OBJECTS, 3);
    }
}
