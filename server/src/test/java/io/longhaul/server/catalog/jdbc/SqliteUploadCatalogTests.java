package io.longhaul.server.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.catalog.UploadCatalogContract;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SqliteUploadCatalogTests extends UploadCatalogContract {

    private static final int CALLERS = 64;

    @TempDir private Path directory;

    private final List<SqliteUploadCatalog> opened = new ArrayList<>();

    @Override
    protected UploadCatalog open() throws IOException {
        return open(Durability.PROCESS_CRASH);
    }

    private SqliteUploadCatalog open(Durability durability) throws IOException {
        SqliteUploadCatalog sqlite = new SqliteUploadCatalog(file(), durability);
        opened.add(sqlite);
        return sqlite;
    }

    private Path file() {
        return directory.resolve("catalog.db");
    }

    private SqliteUploadCatalog sqlite() {
        return opened.getFirst();
    }

    @AfterEach
    void close() {
        opened.forEach(SqliteUploadCatalog::close);
    }

    @ParameterizedTest
    @EnumSource
    void survivesReopening(Durability durability) throws IOException {
        sqlite().close();
        SqliteUploadCatalog before = open(durability);
        Upload upload = upload();
        var created = new UploadEvent.Created(upload.id(), NOW);
        Upload stored = before.create(upload, created);
        before.close();

        SqliteUploadCatalog after = open(durability);

        assertThat(after.find(upload.id())).contains(stored);
        assertThat(after.outbox(10)).extracting(OutboxEntry::event).containsExactly(created);
    }

    @Test
    void outboxNumbersGrowOverReopening() throws IOException {
        Upload upload = upload();
        sqlite().create(upload, new UploadEvent.Created(upload.id(), NOW));
        OutboxEntry first = sqlite().outbox(1).getFirst();
        sqlite().acknowledge(List.of(first));
        sqlite().close();

        SqliteUploadCatalog after = open(Durability.PROCESS_CRASH);
        after.replace(upload, 1, new UploadEvent.Terminated(upload.id(), NOW));

        assertThat(after.outbox(1).getFirst().name()).isNotEqualTo(first.name());
    }

    @ParameterizedTest
    @EnumSource
    void oneCommitServesManyConcurrentCallers(Durability durability) throws Exception {
        sqlite().close();
        SqliteUploadCatalog sqlite = open(durability);

        int creations = CALLERS * 50;
        inParallel(() -> createMany(sqlite, 50));

        assertThat(sqlite.commits()).isPositive().isLessThan(creations / 4);
    }

    private static void createMany(SqliteUploadCatalog sqlite, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            sqlite.create(upload());
        }
    }

    @Test
    void badChangeFailsAloneInItsBatch() throws Exception {
        sqlite().create(upload().change().creationKey("taken").done());
        List<Future<Upload>> good = new ArrayList<>();
        List<Future<Upload>> bad = new ArrayList<>();
        long before = sqlite().commits();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                good.add(threads.submit(() -> sqlite().create(upload())));
                bad.add(threads.submit(() -> takeKey(upload())));
            }
        }

        assertThat(sqlite().commits() - before).isLessThan(1_000);
        for (Future<Upload> stored : good) {
            assertThat(sqlite().find(stored.get().id())).contains(stored.get());
        }
        assertThat(bad).allMatch(future -> future.exceptionNow() instanceof IOException);
        assertThat(sqlite().outbox(10)).isEmpty();
    }

    /** Creates a record, then asks for what its index refuses. */
    private Upload takeKey(Upload upload) throws IOException {
        Upload stored = sqlite().create(upload);
        Upload changed = stored.change().creationKey("taken").done();
        return sqlite().replace(changed, 1, new UploadEvent.Created(upload.id(), NOW))
                .orElseThrow();
    }

    @Test
    void interruptDoesNotLoseTheResultOfAChange() throws IOException {
        Upload upload = upload();
        Thread.currentThread().interrupt();

        Upload stored = sqlite().create(upload);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sqlite().find(upload.id())).contains(stored);
    }

    @Test
    void everyCallFailsOnceClosed() throws IOException {
        Upload stored = sqlite().create(upload());
        sqlite().close();

        assertThatIOException().isThrownBy(() -> sqlite().create(upload()));
        assertThatIOException().isThrownBy(() -> sqlite().find(stored.id()));
        assertThatIOException().isThrownBy(() -> sqlite().replace(stored, 1));
        assertThatIOException().isThrownBy(() -> sqlite().remove(stored.id(), 1));
        assertThatIOException().isThrownBy(() -> sqlite().due(NOW, 1));
        assertThatIOException().isThrownBy(() -> sqlite().outbox(1));
        assertThatIOException().isThrownBy(() -> sqlite().acknowledge(List.of()));
    }

    @Test
    void closingWhileCallersWriteLosesNothingThatWasAcknowledged() throws Exception {
        List<Future<List<UploadId>>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(this::createUntilClosed));
            }
            while (sqlite().commits() < 50) {
                LockSupport.parkNanos(100_000);
            }
            sqlite().close();
        }

        SqliteUploadCatalog after = open(Durability.PROCESS_CRASH);
        for (Future<List<UploadId>> caller : callers) {
            for (UploadId acknowledged : caller.get()) {
                assertThat(after.find(acknowledged)).isPresent();
            }
        }
    }

    private List<UploadId> createUntilClosed() {
        List<UploadId> acknowledged = new ArrayList<>();
        try {
            while (true) {
                acknowledged.add(sqlite().create(upload()).id());
            }
        } catch (IOException _) { // closed: that ends it
            return acknowledged;
        }
    }

    @Test
    void fileDoesNotGrowByReopening() throws IOException {
        sqlite().close();
        long size = Files.size(file());

        for (int i = 0; i < 3; i++) {
            open(Durability.PROCESS_CRASH).close();
        }

        assertThat(Files.size(file())).isEqualTo(size);
    }

    @Test
    void tellsWhichFileCannotBeOpened() throws IOException {
        Path notADatabase = Files.writeString(directory.resolve("notes.txt"), "hello ".repeat(999));

        assertThatIOException()
                .isThrownBy(() -> new SqliteUploadCatalog(notADatabase, Durability.POWER_LOSS))
                .withMessageContaining("notes.txt");
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void inParallel(Action action) throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                futures.add(
                        threads.submit(
                                () -> {
                                    action.run();
                                    return true;
                                }));
            }
        }
        for (Future<?> future : futures) {
            future.get();
        }
    }
}
