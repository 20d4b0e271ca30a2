package io.longhaul.server.s3.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.s3.S3RefusedException;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import io.longhaul.server.testing.s3.S3Rules.Conditional;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class S3ProbeTests {

    private static S3Conditions probe(Conditional conditional) throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.with(conditional))) {
            S3Conditions found = probe(store);
            assertThat(store.keys()).isEmpty();
            return found;
        }
    }

    private static S3Conditions probe(FakeS3 store) throws IOException {
        try (S3Bucket bucket = store.bucket("here/")) {
            return new S3Probe(bucket).run();
        }
    }

    @Test
    void findsAtomicWhatIsHeeded() throws IOException {
        S3Conditions found = probe(Conditional.HEEDED);

        assertThat(found.create()).isEqualTo(Verdict.ATOMIC);
        assertThat(found.replace()).isEqualTo(Verdict.ATOMIC);
        assertThat(found.listed()).isTrue();
        assertThat(found.best()).contains(S3Mode.REPLACE);
        assertThat(found.suffice(S3Mode.CREATE_ONLY)).isTrue();
    }

    @Test
    void findsThatCreationAloneIsAtomic() throws IOException {
        S3Conditions found = probe(Conditional.HEEDED_FOR_CREATION);

        assertThat(found.create()).isEqualTo(Verdict.ATOMIC);
        assertThat(found.replace()).isEqualTo(Verdict.NOT_ATOMIC);
        assertThat(found.best()).contains(S3Mode.CREATE_ONLY);
        assertThat(found.suffice(S3Mode.REPLACE)).isFalse();
    }

    @Test
    void findsListsThatAreLate() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.createOnly())) {
            store.faults(
                    call ->
                            call.operation() == S3Operation.LIST_OBJECTS
                                    ? new S3Fault.StaleList(Duration.ofSeconds(10))
                                    : S3Fault.NONE);

            S3Conditions found = probe(store);

            assertThat(found.listed()).isFalse();
            assertThat(found.best()).isEmpty();
            assertThat(found.problem("s3://uploads/")).contains("If-Match", "a list does not show");
        }
    }

    @Test
    void findsWhatIsNotHeeded() throws IOException {
        S3Conditions found = probe(Conditional.IGNORED);

        assertThat(found.create()).isEqualTo(Verdict.IGNORED);
        assertThat(found.replace()).isEqualTo(Verdict.IGNORED);
        assertThat(found.best()).isEmpty();
    }

    @Test
    void findsWhatIsHeededOnlyOneAfterAnother() throws IOException {
        S3Conditions found = probe(Conditional.HEEDED_TOO_EARLY);

        assertThat(found.create()).isEqualTo(Verdict.NOT_ATOMIC);
        assertThat(found.replace()).isEqualTo(Verdict.NOT_ATOMIC);
        assertThat(found.best()).isEmpty();
    }

    @Test
    void findsWhatIsRefused() throws IOException {
        S3Conditions found = probe(Conditional.REFUSED);

        assertThat(found.create()).isEqualTo(Verdict.REFUSED);
        assertThat(found.replace()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void tellsWhatIsWrongAndWhatToDo() throws IOException {
        S3Conditions found = probe(Conditional.IGNORED);

        assertThat(found.problem("s3://uploads/"))
                .isEqualTo(
                        "The store s3://uploads/ cannot hold the records of uploads: when writing,"
                                + " If-None-Match: * is taken, but not heeded, and If-Match is"
                                + " taken, but not heeded.");
        assertThat(found.remedy()).contains("longhaul.catalog=postgresql");
    }

    @Test
    void callsTheStoreAFewDozenTimes() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            S3Conditions found = probe(store);

            assertThat(found.calls())
                    .isEqualTo(store.takeCounts().values().stream().mapToInt(each -> each).sum())
                    .isEqualTo(76);
        }
    }

    @Test
    void bearsWithABusyStore() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            AtomicInteger calls = new AtomicInteger();
            store.faults(_ -> calls.incrementAndGet() % 5 == 0 ? S3Fault.slowDown() : S3Fault.NONE);

            assertThat(probe(store).best()).contains(S3Mode.REPLACE);
            assertThat(store.keys()).isEmpty();
        }
    }

    @Test
    void isNotMisledByLostAnswers() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            AtomicInteger writes = new AtomicInteger();
            store.faults(
                    call ->
                            isWrite(call) && writes.incrementAndGet() % 5 == 0
                                    ? new S3Fault.AnswerLost()
                                    : S3Fault.NONE);

            assertThat(probe(store).best()).contains(S3Mode.REPLACE);
        }
    }

    private static boolean isWrite(S3Call call) {
        return call.operation() == S3Operation.PUT_OBJECT;
    }

    @Test
    void leavesNothingWhenItFails() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            AtomicInteger writes = new AtomicInteger();
            store.faults(
                    call ->
                            isWrite(call) && writes.incrementAndGet() > 4
                                    ? S3Fault.slowDown()
                                    : S3Fault.NONE);

            assertThatIOException().isThrownBy(() -> probe(store)).withMessageContaining("503");
            assertThat(store.keys()).isEmpty();
        }
    }

    @Test
    void deletesOneByOneWhereManyCannotBeDeleted() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            store.faults(
                    call ->
                            call.operation() == S3Operation.DELETE_OBJECTS
                                    ? new S3Fault.Refused(501, "NotImplemented")
                                    : S3Fault.NONE);

            assertThat(probe(store).best()).contains(S3Mode.REPLACE);
            assertThat(store.keys()).isEmpty();
        }
    }

    @Test
    void failsWhereNothingMayBeWritten() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            store.faults(
                    call ->
                            isWrite(call)
                                    ? new S3Fault.Refused(403, "AccessDenied")
                                    : S3Fault.NONE);

            assertThatExceptionOfType(S3RefusedException.class)
                    .isThrownBy(() -> probe(store))
                    .withMessageContaining("403 AccessDenied");
        }
    }
}
