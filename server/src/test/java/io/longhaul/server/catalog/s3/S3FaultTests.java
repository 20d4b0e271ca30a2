package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of the store that fail, or seem to: the catalog finds out what became of them. */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3FaultTests {

    private final Nodes nodes;
    private final UploadCatalog catalog;
    private final UploadCatalog other;

    S3FaultTests(S3Mode mode) throws IOException {
        nodes = new Nodes(mode);
        catalog = nodes.open();
        other = nodes.open();
    }

    static List<S3Fault> faults() {
        return List.of(
                new S3Fault.AnswerLost(),
                new S3Fault.RequestLost(),
                S3Fault.slowDown(),
                new S3Fault.Refused(500, "InternalError"),
                new S3Fault.Refused(409, "ConditionalRequestConflict"),
                new S3Fault.Refused(412, "PreconditionFailed"));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private void faultyPut(String prefix, S3Fault fault) {
        nodes.faultOnce(S3Operation.PUT_OBJECT, prefix, fault);
    }

    private Upload whole() {
        return nodes.expiring(Duration.ofHours(1)).change().creationKey("key").done();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void creationIsDoneOnce(S3Fault fault) throws IOException {
        Upload draft = whole();
        faultyPut("s/", fault);

        Upload created = catalog.create(draft, Nodes.completed(draft));

        assertThat(created).isEqualTo(other.find(draft.id()).orElseThrow());
        assertThat(Nodes.events(other)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void creationKeyIsTakenOnce(S3Fault fault) throws IOException {
        Upload draft = whole();
        faultyPut("k/", fault);

        Upload created = catalog.create(draft);

        assertThat(other.create(whole())).isEqualTo(created);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void replacementIsDoneOnce(S3Fault fault) throws IOException {
        Upload stored = catalog.create(whole());
        faultyPut("s/", fault);

        assertThat(catalog.replace(stored, 1, Nodes.completed(stored))).isPresent();

        assertThat(other.find(stored.id()).orElseThrow().version()).isEqualTo(2);
        assertThat(Nodes.events(other)).hasSize(1);
        assertThat(catalog.replace(stored, 2)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void removalIsDoneOnce(S3Fault fault) throws IOException {
        Upload stored = catalog.create(whole());
        faultyPut("s/", fault);

        assertThat(catalog.remove(stored.id(), 1)).isTrue();

        assertThat(other.find(stored.id())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void acknowledgementIsDoneOnce(S3Fault fault) throws IOException {
        Upload draft = whole();
        Upload stored = catalog.create(draft, Nodes.completed(draft));
        faultyPut("s/", fault);

        catalog.acknowledge(catalog.outbox(10));

        assertThat(other.outbox(10)).isEmpty();
        assertThat(other.find(draft.id())).contains(stored);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void loserOfARaceIsToldSo(S3Fault fault) throws IOException {
        Upload stored = catalog.create(nodes.upload());
        Upload winner = other.replace(stored.change().offset(7).done(), 1).orElseThrow();
        faultyPut("s/", fault);

        assertThat(catalog.replace(stored, 1, Nodes.completed(stored))).isEmpty();

        assertThat(other.find(stored.id())).contains(winner);
        assertThat(Nodes.events(other)).isEmpty();
        assertThat(nodes.keys("o/")).isEmpty();
    }

    @Test
    void changeOnWhichAnotherWasBuiltIsKnownToBeDone() throws IOException {
        Upload stored = catalog.create(nodes.upload());
        loseAnswerAndOvertake(stored, 3);

        assertThat(catalog.replace(stored.change().offset(5).done(), 1)).isPresent();
        assertThat(other.find(stored.id()).orElseThrow().version()).isEqualTo(5);
    }

    @Test
    void changeOnWhichManyWereBuiltIsNeitherDoneNorRefused() throws IOException {
        Upload stored = catalog.create(nodes.upload());
        loseAnswerAndOvertake(stored, RecordHead.TRAIL);

        assertThatIOException().isThrownBy(() -> catalog.replace(stored, 1));
    }

    /** The next change is done, and others come before anybody knows. */
    private void loseAnswerAndOvertake(Upload stored, int changes) {
        nodes.store.faults(
                call -> {
                    if (call.operation() == S3Operation.PUT_OBJECT) {
                        return new S3Fault.AnswerLost();
                    }
                    nodes.heal();
                    for (int i = 0; i < changes; i++) {
                        overtake(stored, i + 2);
                    }
                    return S3Fault.NONE;
                });
    }

    private void overtake(Upload stored, int version) {
        try {
            assertThat(other.replace(stored, version)).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void storeThatStaysAwayLeavesTheOutcomeUnknown() throws IOException {
        UploadCatalog impatient = nodes.open(Nodes.BRIEF, Nodes.BRIEF);
        Upload stored = catalog.create(nodes.upload());
        nodes.store.faults(
                call ->
                        call.operation() == S3Operation.PUT_OBJECT
                                ? S3Fault.slowDown()
                                : S3Fault.NONE);

        assertThatIOException()
                .isThrownBy(() -> impatient.replace(stored, 1))
                .withMessageContaining("503");
    }

    @Test
    void busyStoreIsAskedForAsLongAsThereIsTime() throws IOException {
        Upload stored = catalog.create(nodes.upload());
        nodes.fault(S3Operation.PUT_OBJECT, "s/", S3Fault.slowDown(), 20);

        assertThat(catalog.replace(stored, 1)).isPresent();

        assertThat(other.find(stored.id()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void busyStoreIsAskedForACreationKeyForAsLongAsThereIsTime() throws IOException {
        Upload draft = whole();
        nodes.fault(S3Operation.PUT_OBJECT, "k/", S3Fault.slowDown(), 32);

        assertThat(catalog.create(draft)).isEqualTo(other.find(draft.id()).orElseThrow());
    }

    @Test
    void storeThatRefusesIsNotAskedAgain() throws IOException {
        Upload stored = catalog.create(nodes.upload());
        nodes.dieAfter(0);
        nodes.store.takeCounts();

        assertThatIOException().isThrownBy(() -> catalog.replace(stored, 1));

        assertThat(nodes.store.takeCounts()).containsOnlyKeys(S3Operation.PUT_OBJECT);
    }

    @Test
    void interruptEndsTheWait() {
        Patience.Tries tries = Retries.of(2, Duration.ofMinutes(1)).start();
        Thread.currentThread().interrupt();

        assertThatIOException().isThrownBy(tries::again).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
