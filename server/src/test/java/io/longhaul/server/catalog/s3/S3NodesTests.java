package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Catalogs of several processes in one bucket. */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3NodesTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final S3Fault LATE = new S3Fault.Late(Duration.ofMillis(500));

    private final Nodes nodes;
    private final UploadCatalog one;
    private final UploadCatalog other;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    S3NodesTests(S3Mode mode) throws IOException {
        nodes = new Nodes(mode);
        one = nodes.open();
        other = nodes.open();
    }

    @AfterEach
    void close() {
        threads.close();
        nodes.close();
    }

    @Test
    void seeEachOthersChanges() throws IOException {
        Upload first = one.create(nodes.upload());
        assertThat(other.find(first.id())).contains(first);

        Upload second = other.replace(first.change().offset(7).done(), 1).orElseThrow();
        assertThat(one.find(first.id())).contains(second);

        assertThat(one.remove(first.id(), 2)).isTrue();
        assertThat(other.find(first.id())).isEmpty();
    }

    @Test
    void keepOutWhoHasSeenAnOlderVersion() throws IOException {
        Upload first = one.create(nodes.upload());
        Upload second = other.replace(first.change().offset(7).done(), 1).orElseThrow();

        assertThat(one.replace(first.change().offset(9).done(), 1)).isEmpty();
        assertThat(one.remove(first.id(), 1)).isFalse();
        assertThat(one.find(first.id())).contains(second);
    }

    @Test
    void keepOutWhoWasAwayForManyVersions() throws IOException {
        Upload first = one.create(nodes.upload());
        for (int version = 1; version < 20; version++) {
            assertThat(other.replace(first, version)).isPresent();
        }

        assertThat(one.replace(first, 1)).isEmpty();
    }

    @Test
    void cannotBringBackWhatAnotherRemoved() throws IOException {
        Upload first = one.create(nodes.upload());
        assertThat(other.remove(first.id(), 1)).isTrue();

        assertThat(one.replace(first.change().offset(9).done(), 1)).isEmpty();
        nodes.tidy(other);
        assertThat(one.replace(first.change().offset(9).done(), 1)).isEmpty();
        assertThat(nodes.store.keys()).isEmpty();
    }

    @Test
    void acknowledgeWithoutStandingInTheWayOfAChange() throws IOException {
        Upload first = nodes.upload();
        Upload stored = one.create(first, Nodes.completed(first));
        other.acknowledge(other.outbox(10));

        assertThat(one.replace(stored.change().offset(7).done(), 1, Nodes.completed(first)))
                .isPresent();
        assertThat(Nodes.events(other)).hasSize(1);
    }

    @Test
    void leaveAChangeUnderWayAloneWhenTheyLookForEvents() throws Exception {
        Upload stored = one.create(nodes.upload());
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Future<Optional<Upload>> changing =
                threads.submit(() -> one.replace(stored, 1, Nodes.completed(stored)));
        await().until(() -> nodes.keys("o/").size() == 1);

        assertThat(Nodes.events(other)).isEmpty();

        assertThat(changing.get()).isPresent();
        assertThat(nodes.keys("o/")).hasSize(1);
        assertThat(Nodes.events(other)).hasSize(1);
    }

    @Test
    void loseNoEventWhenAClockIsFarAhead() throws Exception {
        Upload stored = one.create(nodes.upload());
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Future<Optional<Upload>> changing =
                threads.submit(() -> one.replace(stored, 1, Nodes.completed(stored)));
        await().until(() -> nodes.keys("o/").size() == 1);

        nodes.pass(HOUR);
        assertThat(Nodes.events(other)).isEmpty();
        assertThat(nodes.keys("o/")).isEmpty();

        assertThat(changing.get()).isPresent();
        assertThat(Nodes.events(other)).containsExactly(Nodes.completed(stored));
    }

    @Test
    void loseNoCreationWhenAClockIsFarAhead() throws Exception {
        Upload draft = nodes.expiring(HOUR);
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Future<Upload> creating = threads.submit(() -> one.create(draft, Nodes.completed(draft)));
        await().until(() -> nodes.keys("o/").size() == 1);

        nodes.pass(HOUR.multipliedBy(2));
        assertThat(Nodes.events(other)).isEmpty();
        assertThat(other.due(nodes.now(), 10)).isEmpty();

        Upload created = creating.get();
        assertThat(other.find(draft.id())).contains(created);
        assertThat(Nodes.events(other)).containsExactly(Nodes.completed(draft));
        assertThat(other.due(nodes.now(), 10)).containsExactly(created);
    }

    @Test
    void loseNoExpiryWhenAClockIsFarAhead() throws Exception {
        Upload draft = nodes.expiring(HOUR);
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Future<Upload> creating = threads.submit(() -> one.create(draft));
        await().until(() -> nodes.keys("x/").size() == 1);

        nodes.pass(HOUR.multipliedBy(2));
        assertThat(other.due(nodes.now(), 10)).isEmpty();

        Upload created = creating.get();
        assertThat(other.due(nodes.now(), 10)).containsExactly(created);
    }

    @Test
    void waitForACreationWithTheSameKey() throws Exception {
        UploadCatalog patient = nodes.open(Nodes.BRIEF, Retries.CREATIONS);
        Upload draft = keyed();
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Future<Upload> creating = threads.submit(() -> one.create(draft));
        await().until(() -> nodes.keys("k/").size() == 1);

        assertThat(patient.create(keyed())).isEqualTo(creating.get());
        assertThat(nodes.keys("s/")).hasSize(1);
    }

    @Test
    void giveTheKeyToOneAloneWhenACreationIsSlow() throws Exception {
        Upload draft = keyed();
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Future<Upload> creating = threads.submit(() -> one.create(draft, Nodes.completed(draft)));
        await().until(() -> nodes.keys("o/").size() == 1);

        Upload winner = other.create(keyed());

        assertThat(creating.get()).isEqualTo(winner);
        assertThat(one.find(draft.id())).isEmpty();
        assertThat(Nodes.events(other)).isEmpty();
        assertThat(one.remove(winner.id(), 1)).isTrue();
        nodes.tidy(other);
        assertThat(nodes.store.keys()).isEmpty();
    }

    @Test
    void giveTheKeyToOneAloneWhenAReplacementIsSlow() throws Exception {
        Upload stored = one.create(nodes.upload());
        nodes.faultOnce(S3Operation.PUT_OBJECT, "s/", LATE);
        Upload wanting = stored.change().creationKey("key").done();
        Future<Optional<Upload>> changing = threads.submit(() -> one.replace(wanting, 1));
        await().until(() -> nodes.keys("k/").size() == 1);

        Upload winner = other.create(keyed());

        assertThat(changing)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IOException.class);
        assertThat(other.find(stored.id())).contains(stored);
        assertThat(one.create(keyed())).isEqualTo(winner);
    }

    private Upload keyed() {
        return nodes.upload().change().creationKey("key").done();
    }
}
