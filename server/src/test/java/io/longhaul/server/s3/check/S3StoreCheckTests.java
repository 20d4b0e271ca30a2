package io.longhaul.server.s3.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class S3StoreCheckTests {

    private static final Duration EXPIRY = Duration.ofDays(7);

    private InstantSource clock = InstantSource.system();

    /** What a check says. */
    private record Said(Enough enough, String text) {

        private String line(String name) {
            return text.lines()
                    .filter(line -> line.startsWith("  " + name + " "))
                    .findFirst()
                    .orElse("");
        }
    }

    private Said check(S3Rules rules, Function<S3Call, S3Fault> faults) throws IOException {
        try (FakeS3 store = FakeS3.start(rules);
                S3Bucket bucket = store.bucket("here/")) {
            store.faults(faults);
            Said said = check(bucket);
            assertThat(store.keys()).isEmpty();
            assertThat(store.multiparts()).isZero();
            return said;
        }
    }

    private Said check(S3Rules rules) throws IOException {
        return check(rules, _ -> S3Fault.NONE);
    }

    private Said check(S3Bucket bucket) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Enough enough =
                new S3StoreCheck(bucket, EXPIRY, clock).run(new PrintStream(bytes, true, UTF_8));
        return new Said(enough, bytes.toString(UTF_8));
    }

    private static Function<S3Call, S3Fault> refusing(S3Operation operation) {
        return call ->
                call.operation() == operation
                        ? new S3Fault.Refused(501, "NotImplemented")
                        : S3Fault.NONE;
    }

    @Test
    void findsAStoreEnoughThatDoesEverything() throws IOException {
        Said said = check(S3Rules.STRICT);

        assertThat(said.enough()).isEqualTo(Enough.FOR_ALL);
        assertThat(said.text())
                .contains("This store is enough for longhaul.content=s3 with longhaul.catalog=s3.")
                .contains("Everything that was written has been deleted.")
                .doesNotContain("NOT ENOUGH");
        assertThat(said.line("records")).contains("OK", "(if-match)");
    }

    @Test
    void tellsHowRecordsAreChangedWhereCreationAloneIsAtomic() throws IOException {
        Said said = check(S3Rules.STRICT.createOnly());

        assertThat(said.enough()).isEqualTo(Enough.FOR_ALL);
        assertThat(said.line("If-Match")).contains("WARNING", "not for writers at the same time");
        assertThat(said.line("records")).contains("(create-only)", "a list for each");
    }

    @Test
    void wantsADatabaseWhereConditionsAreNotHeeded() throws IOException {
        Said said = check(S3Rules.STRICT.withoutConditions());

        assertThat(said.enough()).isEqualTo(Enough.FOR_CONTENT);
        assertThat(said.text())
                .contains(
                        "This store is enough for longhaul.content=s3 only with"
                                + " longhaul.catalog=postgresql: see If-None-Match: *, If-Match.");
        assertThat(said.line("If-Match")).contains("NOT ENOUGH", "not heeded");
    }

    @Test
    void wantsADatabaseWhereConditionsAreHeededTooEarly() throws IOException {
        Said said = check(S3Rules.STRICT.with(S3Rules.Conditional.HEEDED_TOO_EARLY));

        assertThat(said.enough()).isEqualTo(Enough.FOR_CONTENT);
        assertThat(said.line("If-None-Match: *")).contains("not for writers at the same time");
    }

    @Test
    void findsAStoreWithFewPartsNotEnough() throws IOException {
        Said said = check(S3Rules.STRICT.parts(1_000));

        assertThat(said.enough()).isEqualTo(Enough.FOR_NOTHING);
        assertThat(said.text())
                .contains("This store is not enough for longhaul.content=s3: see most parts.");
    }

    @Test
    void findsAStoreWithoutMultipartUploadsNotEnough() throws IOException {
        Said said = check(S3Rules.STRICT, refusing(S3Operation.CREATE_MULTIPART_UPLOAD));

        assertThat(said.enough()).isEqualTo(Enough.FOR_NOTHING);
        assertThat(said.line("least part")).contains("NOT ENOUGH", "501 NotImplemented");
    }

    @Test
    void onlyWarnsOfWhatTheServerCanDoWithout() throws IOException {
        Said said = check(S3Rules.STRICT, refusing(S3Operation.UPLOAD_PART_COPY));

        assertThat(said.enough()).isEqualTo(Enough.FOR_ALL);
        assertThat(said.line("copies of parts")).contains("WARNING");
    }

    @Test
    void warnsOfAClockThatIsWrong() throws IOException {
        clock = () -> Instant.now().plus(Duration.ofMinutes(10));

        Said said = check(S3Rules.STRICT);

        assertThat(said.line("clock")).contains("WARNING", "behind");
        assertThat(said.enough()).isEqualTo(Enough.FOR_ALL);
    }

    @Test
    void bearsWithABusyStore() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Said said =
                check(
                        S3Rules.STRICT,
                        _ -> calls.incrementAndGet() % 20 == 0 ? S3Fault.slowDown() : S3Fault.NONE);

        assertThat(said.enough()).isEqualTo(Enough.FOR_ALL);
    }

    @Test
    void saysThatAStoreIsDown() throws IOException {
        FakeS3 store = FakeS3.start(S3Rules.STRICT);
        try (S3Bucket bucket = store.bucket("")) {
            store.close();

            Said said = check(bucket);

            assertThat(said.enough()).isEqualTo(Enough.FOR_NOTHING);
            assertThat(said.text()).contains("cannot be used: the S3 store did not answer");
        }
    }

    @Test
    void saysThatNothingMayBeWritten() throws IOException {
        Said said = check(S3Rules.STRICT, _ -> new S3Fault.Refused(403, "AccessDenied"));

        assertThat(said.enough()).isEqualTo(Enough.FOR_NOTHING);
        assertThat(said.text()).contains("cannot be used: the S3 store answered 403 AccessDenied");
    }

    @Test
    void saysWhatIsLeftWhereNothingCanBeDeleted() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT);
                S3Bucket bucket = store.bucket("")) {
            store.faults(refusing(S3Operation.DELETE_OBJECT));

            Said said = check(bucket);

            assertThat(said.text()).contains("Something may be left below probe/");
            assertThat(said.enough()).isEqualTo(Enough.FOR_NOTHING);
        }
    }
}
