package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The index of what is due, which lags behind the records on purpose. */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3DueTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIRST_LOOK = Duration.ofMinutes(5);

    private final Nodes nodes;
    private final UploadCatalog catalog;
    private final Instant begun;

    S3DueTests(S3Mode mode) throws IOException {
        nodes = new Nodes(mode);
        catalog = nodes.open();
        begun = nodes.now();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private Upload expiring(int hours) throws IOException {
        return catalog.create(nodes.expiring(HOUR.multipliedBy(hours)));
    }

    private Upload putOff(Upload upload, int hours) throws IOException {
        Upload later = upload.change().expiresAt(at(hours)).done();
        return catalog.replace(later, upload.version()).orElseThrow();
    }

    private Instant at(int hours) {
        return begun.plus(HOUR.multipliedBy(hours)).plusSeconds(30);
    }

    @Test
    void mostOverdueComesFirstThoughItsEntryDoesNot() throws IOException {
        Upload last = putOff(expiring(1), 9);
        Upload second = expiring(3);
        Upload first = expiring(2);

        assertThat(catalog.due(at(10), 10)).containsExactly(first, second, last);
        assertThat(catalog.due(at(10), 2)).containsExactly(first, second);
        assertThat(catalog.due(at(10), 1)).containsExactly(first);
    }

    @Test
    void fewAreReadWhereManyAreDue() throws IOException {
        Upload first = expiring(1);
        for (int i = 0; i < 20; i++) {
            Upload _ = expiring(2);
        }
        assertThat(catalog.due(at(0).plus(FIRST_LOOK), 100)).isEmpty();
        nodes.store.takeCounts();

        assertThat(catalog.due(at(10), 1)).containsExactly(first);
        assertThat(nodes.store.takeCounts()).containsEntry(S3Operation.GET_OBJECT, 1);
    }

    @Test
    void newRecordsAreLookedAtBeforeTheyExpire() throws IOException {
        Upload upload = expiring(1);
        nodes.store.takeCounts();

        assertThat(catalog.due(begun.plus(FIRST_LOOK).minusSeconds(1), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).doesNotContainKey(S3Operation.GET_OBJECT);
        assertThat(catalog.due(at(0).plus(FIRST_LOOK), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).containsEntry(S3Operation.GET_OBJECT, 1);
        assertThat(catalog.due(at(0).plus(FIRST_LOOK), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).doesNotContainKey(S3Operation.GET_OBJECT);
        assertThat(catalog.due(at(1), 10)).containsExactly(upload);
    }

    @Test
    void puttingOffMovesTheEntryOnceItIsLookedAt() throws IOException {
        Upload upload = putOff(expiring(1), 5);
        String early = nodes.keys("x/").getFirst();

        assertThat(catalog.due(at(2), 10)).isEmpty();

        assertThat(nodes.keys("x/")).hasSize(1).doesNotContain(early);
        nodes.store.takeCounts();
        assertThat(catalog.due(at(3), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).doesNotContainKey(S3Operation.GET_OBJECT);
        assertThat(catalog.due(at(5), 10)).containsExactly(upload);
    }

    @Test
    void movedEntryStandsInTheWayOfNoChange() throws IOException {
        Upload upload = putOff(expiring(1), 5);
        assertThat(nodes.open().due(at(2), 10)).isEmpty();

        Upload sooner = upload.change().expiresAt(at(1)).done();
        Upload changed = catalog.replace(sooner, upload.version()).orElseThrow();

        assertThat(catalog.due(at(2), 10)).containsExactly(changed);
    }

    @Test
    void whatNeverExpiresAnyMoreHasNoEntryOnceItIsLookedAt() throws IOException {
        Upload upload = expiring(1);
        Upload forEver = upload.change().expiresAt(null).done();
        assertThat(catalog.replace(forEver, 1)).isPresent();

        assertThat(catalog.due(at(2), 10)).isEmpty();

        assertThat(nodes.keys("x/")).isEmpty();
    }

    @Test
    void tombstoneStaysForADayAndNoLonger() throws IOException {
        Upload upload = expiring(1);
        assertThat(catalog.remove(upload.id(), 1)).isTrue();

        assertThat(catalog.due(at(23), 10)).isEmpty();
        assertThat(nodes.keys("s/")).isNotEmpty();

        assertThat(catalog.due(at(25), 10)).isEmpty();
        assertThat(nodes.store.keys()).isEmpty();
    }

    @Test
    void twoWhoLookForWhatIsDueMakeNoTombstoneAnew() throws IOException {
        Upload upload = expiring(1);
        assertThat(catalog.remove(upload.id(), 1)).isTrue();
        nodes.pass(Duration.ofHours(25));
        UploadCatalog other = nodes.open();
        AtomicBoolean begun = new AtomicBoolean();
        nodes.store.faults(
                call -> {
                    if (call.operation() == S3Operation.GET_OBJECT
                            && call.key().contains("/s/")
                            && begun.compareAndSet(false, true)) {
                        clear(other);
                    }
                    return S3Fault.NONE;
                });

        clear(catalog);

        assertThat(nodes.store.keys()).isEmpty();
    }

    @Test
    void twoWhoClearTheSameEntryLeaveOneTombstone() throws IOException {
        nodes.dieAfter(1);
        assertThatIOException().isThrownBy(() -> expiring(1));
        nodes.pass(Duration.ofDays(1));
        UploadCatalog other = nodes.open();
        AtomicBoolean begun = new AtomicBoolean();
        nodes.store.faults(
                call -> {
                    if (call.operation() == S3Operation.PUT_OBJECT
                            && call.key().contains("/s/")
                            && begun.compareAndSet(false, true)) {
                        clear(other);
                    }
                    return S3Fault.NONE;
                });

        clear(catalog);

        assertThat(nodes.keys("s/")).hasSize(1);
        assertThat(nodes.keys("x/")).hasSize(1);
    }

    @Test
    void movedEntryStaysThoughTheAnswerIsLostAndAnotherGoesOn() throws IOException {
        Upload upload = putOff(expiring(1), 48);
        nodes.pass(Duration.ofDays(1));
        UploadCatalog other = nodes.open();
        AtomicBoolean moved = new AtomicBoolean();
        AtomicBoolean gone = new AtomicBoolean();
        nodes.store.faults(
                call -> {
                    if (moved.get() && gone.compareAndSet(false, true)) {
                        clear(other);
                    }
                    return call.operation() == S3Operation.PUT_OBJECT
                                    && call.key().contains("/s/")
                                    && moved.compareAndSet(false, true)
                            ? new S3Fault.AnswerLost()
                            : S3Fault.NONE;
                });

        clear(catalog);

        assertThat(nodes.keys("x/")).hasSize(1);
        assertThat(catalog.due(at(48), 10)).containsExactly(upload);
    }

    private void clear(UploadCatalog by) {
        assertThatNoException().isThrownBy(() -> by.due(nodes.now(), 10));
    }
}
