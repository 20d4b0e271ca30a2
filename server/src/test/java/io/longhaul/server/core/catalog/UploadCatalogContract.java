package io.longhaul.server.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every catalog does, sentence by sentence of {@link UploadCatalog}. */
public abstract class UploadCatalogContract extends UploadCatalogRecordsContract {

    private static final int THREADS = 8;

    private static Upload withKey(String key) {
        return upload().change().creationKey(key).done();
    }

    private static Upload expiring(Instant at) {
        return upload().change().expiresAt(at).done();
    }

    @Test
    void createStoresTheFirstVersion() throws IOException {
        Upload upload = upload();

        Upload stored = catalog.create(upload);

        assertThat(stored).isEqualTo(upload.change().version(1).done());
        assertThat(catalog.find(upload.id())).contains(stored);
    }

    @Test
    void createWithoutKeyNeverMeetsAnother() throws IOException {
        Upload first = catalog.create(upload());
        Upload second = catalog.create(upload());

        assertThat(catalog.find(first.id())).contains(first);
        assertThat(catalog.find(second.id())).contains(second);
    }

    @Test
    void createRefusesAKnownId() throws IOException {
        Upload stored = catalog.create(upload());
        Upload impostor = stored.change().offset(7).version(0).done();

        assertThatIOException()
                .isThrownBy(
                        () -> catalog.create(impostor, new UploadEvent.Created(stored.id(), NOW)));
        assertThat(catalog.find(stored.id())).contains(stored);
        assertThat(catalog.outbox(10)).isEmpty();
    }

    @Test
    void createReturnsTheRecordWithTheSameKeyAndStoresNothing() throws IOException {
        Upload stored = catalog.create(withKey("owner/key"));
        Upload repeated = withKey("owner/key");

        assertThat(catalog.create(repeated, new UploadEvent.Created(repeated.id(), NOW)))
                .isEqualTo(stored);
        assertThat(catalog.find(repeated.id())).isEmpty();
        assertThat(catalog.outbox(10)).isEmpty();
    }

    @Test
    void createReturnsTheNewestVersionOfTheRecordWithTheSameKey() throws IOException {
        Upload stored = catalog.create(withKey("key"));
        Upload moved = replaced(stored.change().offset(5).done());

        assertThat(catalog.create(withKey("key"))).isEqualTo(moved);
    }

    @Test
    void concurrentCreationsWithOneKeyAllGetTheOneThatWon() throws Exception {
        List<Upload> answers =
                atOnce(
                        () -> {
                            Upload mine = withKey("key");
                            return catalog.create(mine, new UploadEvent.Created(mine.id(), NOW));
                        });

        Upload winner = catalog.create(withKey("key"));
        assertThat(answers).hasSize(THREADS).containsOnly(winner);
        assertThat(events(10)).containsExactly(new UploadEvent.Created(winner.id(), NOW));
    }

    @Test
    void keyIsFreeOnceTheRecordLetsItGo() throws IOException {
        Upload gone = catalog.create(withKey("key"));
        replaced(gone.change().state(UploadState.TERMINATED).creationKey(null).done());

        Upload next = withKey("key");

        assertThat(catalog.create(next).id()).isEqualTo(next.id());
    }

    @Test
    void keyIsFreeOnceTheRecordIsRemoved() throws IOException {
        Upload gone = catalog.create(withKey("key"));
        catalog.remove(gone.id(), gone.version());

        Upload next = withKey("key");

        assertThat(catalog.create(next).id()).isEqualTo(next.id());
    }

    @Test
    void findsNothingUnderAnUnknownId() throws IOException {
        catalog.create(upload());

        assertThat(catalog.find(UploadId.random())).isEmpty();
    }

    @Test
    void replaceStoresTheNextVersionWhateverVersionTheRecordNames() throws IOException {
        Upload stored = catalog.create(upload());
        Upload changed = stored.change().offset(10).version(77).done();

        Optional<Upload> replaced = catalog.replace(changed, 1);

        assertThat(replaced).contains(changed.change().version(2).done());
        assertThat(catalog.find(stored.id())).isEqualTo(replaced);
    }

    @Test
    void replaceLeavesOtherRecordsAlone() throws IOException {
        Upload stored = catalog.create(upload());
        Upload other = catalog.create(upload());

        replaced(stored.change().offset(10).done());

        assertThat(catalog.find(other.id())).contains(other);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3})
    void replaceStoresNothingOverAnotherVersion(long version) throws IOException {
        Upload first = catalog.create(upload());
        Upload second = replaced(first.change().offset(10).done());
        Upload late = first.change().offset(20).done();

        assertThat(catalog.replace(late, version, new UploadEvent.Expired(first.id(), NOW)))
                .isEmpty();
        assertThat(catalog.find(first.id())).contains(second);
        assertThat(catalog.outbox(10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void replaceStoresNothingForAnUnknownRecord(long version) throws IOException {
        Upload unknown = upload();

        assertThat(catalog.replace(unknown, version, new UploadEvent.Expired(unknown.id(), NOW)))
                .isEmpty();
        assertThat(catalog.find(unknown.id())).isEmpty();
        assertThat(catalog.outbox(10)).isEmpty();
    }

    @Test
    void replaceRefusesTheKeyOfAnotherRecord() throws IOException {
        catalog.create(withKey("taken"));
        Upload stored = catalog.create(upload());
        Upload changed = stored.change().creationKey("taken").done();

        assertThatIOException()
                .isThrownBy(
                        () ->
                                catalog.replace(
                                        changed, 1, new UploadEvent.Expired(stored.id(), NOW)));
        assertThat(catalog.find(stored.id())).contains(stored);
        assertThat(catalog.outbox(10)).isEmpty();
    }

    @Test
    void ofConcurrentReplacesOfOneVersionExactlyOneWins() throws Exception {
        Upload stored = catalog.create(upload());
        var terminated = new UploadEvent.Terminated(stored.id(), NOW);

        List<Optional<Upload>> answers =
                atOnce(
                        () -> {
                            long offset = Thread.currentThread().threadId() % 1_000;
                            return catalog.replace(
                                    stored.change().offset(offset).done(), 1, terminated);
                        });

        assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(answers).contains(catalog.find(stored.id()));
        assertThat(events(10)).containsExactly(terminated);
    }

    @Test
    void concurrentRetryingWritersLoseNoChange() throws Exception {
        UploadId id = catalog.create(upload()).id();

        atOnce(
                () -> {
                    for (int i = 0; i < 25; i++) {
                        addOneByte(id);
                    }
                    return id;
                });

        assertThat(catalog.find(id).orElseThrow().offset()).isEqualTo(THREADS * 25);
        assertThat(catalog.find(id).orElseThrow().version()).isEqualTo(1 + THREADS * 25);
    }

    private void addOneByte(UploadId id) throws IOException {
        Optional<Upload> stored = Optional.empty();
        while (stored.isEmpty()) {
            Upload read = catalog.find(id).orElseThrow();
            stored =
                    catalog.replace(read.change().offset(read.offset() + 1).done(), read.version());
        }
    }

    @Test
    void removeForgetsTheRecord() throws IOException {
        Upload stored = catalog.create(expiring(NOW));

        assertThat(catalog.remove(stored.id(), 1)).isTrue();
        assertThat(catalog.find(stored.id())).isEmpty();
        assertThat(catalog.due(NOW, 10)).isEmpty();
    }

    @Test
    void removeDoesNothingToAnotherVersion() throws IOException {
        Upload stored = catalog.create(upload());

        assertThat(catalog.remove(stored.id(), 2)).isFalse();
        assertThat(catalog.find(stored.id())).contains(stored);
    }

    @Test
    void removeDoesNothingForAnUnknownRecord() throws IOException {
        assertThat(catalog.remove(UploadId.random(), 1)).isFalse();
    }

    @Test
    void dueAreTheMostOverdueFirst() throws IOException {
        Upload second = catalog.create(expiring(NOW.minusSeconds(10)));
        Upload third = catalog.create(expiring(NOW.minusSeconds(1)));
        Upload first = catalog.create(expiring(NOW.minusSeconds(1_000_000)));

        assertThat(catalog.due(NOW, 10)).containsExactly(first, second, third);
        assertThat(catalog.due(NOW, 2)).containsExactly(first, second);
    }

    @Test
    void dueIsWhatExpiresAtTheInstantButNotAfterIt() throws IOException {
        Upload now = catalog.create(expiring(NOW));
        catalog.create(expiring(NOW.plusMillis(1)));

        assertThat(catalog.due(NOW, 10)).containsExactly(now);
        assertThat(catalog.due(NOW.minusMillis(1), 10)).isEmpty();
    }

    @Test
    void dueIsNeverWhatNeverExpires() throws IOException {
        catalog.create(upload());

        assertThat(catalog.due(Instant.ofEpochMilli(Long.MAX_VALUE), 10)).isEmpty();
    }

    @Test
    void dueFollowsTheNewestVersion() throws IOException {
        Upload extended = catalog.create(expiring(NOW));
        Upload shortened = catalog.create(upload());

        replaced(extended.change().expiresAt(NOW.plusSeconds(60)).done());
        Upload due = replaced(shortened.change().expiresAt(NOW).done());

        assertThat(catalog.due(NOW, 10)).containsExactly(due);
    }

    @Test
    void outboxHoldsTheEventsOfAnUploadInTheOrderTheyWereStored() throws IOException {
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        var completed = new UploadEvent.Completed(upload.id(), NOW, 1_000);
        var terminated = new UploadEvent.Terminated(upload.id(), NOW);

        Upload stored = catalog.create(upload, created);
        catalog.replace(stored, 1, completed, terminated);

        assertThat(events(10)).containsExactly(created, completed, terminated);
        assertThat(events(2)).containsExactly(created, completed);
        assertThat(catalog.outbox(10)).extracting(OutboxEntry::name).doesNotHaveDuplicates();
    }

    @Test
    void acknowledgedEntriesAreGoneAndUnknownOnesIgnored() throws IOException {
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        var terminated = new UploadEvent.Terminated(upload.id(), NOW);
        catalog.create(upload, created, terminated);
        OutboxEntry first = catalog.outbox(10).getFirst();

        catalog.acknowledge(List.of(first, new OutboxEntry("unknown", created)));
        catalog.acknowledge(List.of(first));
        catalog.acknowledge(List.of());

        assertThat(events(10)).containsExactly(terminated);
    }

    @Test
    void outboxNamesAreNeverUsedAgain() throws IOException {
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        Upload stored = catalog.create(upload, created);
        OutboxEntry first = catalog.outbox(1).getFirst();
        catalog.acknowledge(List.of(first));

        catalog.replace(stored, 1, created);

        assertThat(catalog.outbox(1).getFirst().name()).isNotEqualTo(first.name());
    }

    @Test
    void outboxOutlivesTheRecord() throws IOException {
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        catalog.create(upload, created);

        catalog.remove(upload.id(), 1);

        assertThat(events(10)).containsExactly(created);
    }

    private static <R> List<R> atOnce(Callable<R> action) throws Exception {
        CountDownLatch ready = new CountDownLatch(THREADS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(
                        threads.submit(
                                () -> {
                                    ready.countDown();
                                    ready.await();
                                    return action.call();
                                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
