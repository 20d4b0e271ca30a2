package io.longhaul.server.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GroupCommitTests {

    @TempDir private Path directory;

    private SqliteDatabase database;
    private GroupCommit writes;

    @BeforeEach
    void open() throws Exception {
        database =
                new SqliteDatabase(
                        directory.resolve("catalog.db"),
                        Durability.PROCESS_CRASH,
                        DiskSpace.of(directory));
        database.migrate();
        writes = new GroupCommit(database::openWriter);
    }

    @AfterEach
    void close() {
        writes.close();
    }

    private static Upload upload() {
        return Upload.receiving(UploadId.random(), "", OptionalLong.of(1), Instant.EPOCH);
    }

    private static PendingWrite.Work<Upload> creating(Upload upload) {
        return writer -> writer.session().create(upload);
    }

    private static SQLiteException error(SQLiteErrorCode code) {
        return new SQLiteException("made up by the test", code);
    }

    @Test
    void whatWaitsIsCommittedTogether() throws Exception {
        inOneBatch(List.of(creating(upload()), creating(upload()), creating(upload())));

        assertThat(writes.commits()).isEqualTo(2); // the one that kept the writer busy, and theirs
    }

    @Test
    void resultIsGivenOnlyAfterTheCommit() throws Exception {
        Upload upload = upload();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Boolean> first = writes.enqueue(_ -> blocking(busy, letGo));
        busy.await();

        // What depends on a result runs on the writer's thread the moment it is given.
        CompletableFuture<Boolean> foundWhenTold =
                writes.enqueue(creating(upload)).thenApply(stored -> found(stored));
        letGo.countDown();

        assertThat(first.join()).isTrue();
        assertThat(foundWhenTold.join()).isTrue();
    }

    @Test
    void badChangeIsUndoneAndTheOthersAreStored() throws Exception {
        Upload good = upload();
        Upload half = upload();
        Upload last = upload();

        var results =
                inOneBatch(
                        List.of(
                                creating(good),
                                writer -> {
                                    writer.session().create(half);
                                    throw error(SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK);
                                },
                                writer -> {
                                    throw new IllegalStateException("a mistake");
                                },
                                creating(last)));

        assertThat(results)
                .map(Future::state)
                .containsExactly(
                        Future.State.SUCCESS,
                        Future.State.FAILED,
                        Future.State.FAILED,
                        Future.State.SUCCESS);
        assertThat(found(good)).isTrue();
        assertThat(found(half)).isFalse();
        assertThat(found(last)).isTrue();
        assertThat(writes.commits()).isEqualTo(2);
    }

    @Test
    void storeFailureFailsTheWholeBatchAndTheWriterGoesOn() throws Exception {
        Upload before = upload();
        Upload after = upload();

        var results =
                inOneBatch(
                        List.of(
                                creating(before),
                                _ -> {
                                    throw error(SQLiteErrorCode.SQLITE_IOERR_WRITE);
                                },
                                creating(after)));

        assertThat(results)
                .allMatch(result -> result.exceptionNow() instanceof IOException)
                .noneMatch(result -> result.exceptionNow() instanceof StorageFullException);
        assertThat(found(before)).isFalse();
        assertThat(found(after)).isFalse();
        writes.submit(creating(after));
        assertThat(found(after)).isTrue();
    }

    @Test
    void whenSpaceRunsOutOnlyTheChangesThatDoNotFitFail() throws Exception {
        Upload small = upload();

        var results =
                inOneBatch(
                        List.of(
                                creating(small),
                                _ -> {
                                    throw error(SQLiteErrorCode.SQLITE_FULL);
                                }));

        assertThat(results.getFirst().resultNow().id()).isEqualTo(small.id());
        assertThat(results.getLast().exceptionNow()).isInstanceOf(StorageFullException.class);
        assertThat(found(small)).isTrue();
    }

    @Test
    void writerThatCannotOpenAgainFailsCallersUntilItCan() throws Exception {
        AtomicInteger openings = new AtomicInteger();
        try (GroupCommit failing =
                new GroupCommit(
                        () -> {
                            if (openings.incrementAndGet() == 2) {
                                throw error(SQLiteErrorCode.SQLITE_CANTOPEN);
                            }
                            return database.openWriter();
                        })) {
            assertThatIOException().isThrownBy(() -> failing.submit(_ -> ioError()));
            assertThatIOException().isThrownBy(() -> failing.submit(creating(upload())));
            assertThat(failing.submit(creating(upload())).version()).isEqualTo(1);
        }
    }

    private static Upload ioError() throws SQLException {
        throw error(SQLiteErrorCode.SQLITE_IOERR);
    }

    @Test
    void errorSuchAsNoMemoryFailsTheBatchAndTheWriterGoesOn() throws Exception {
        var results =
                inOneBatch(
                        List.of(
                                creating(upload()),
                                _ -> {
                                    throw new InternalError("made up by the test");
                                },
                                creating(upload())));

        assertThat(results).allMatch(result -> result.exceptionNow() instanceof IOException);
        assertThat(found(writes.submit(creating(upload())))).isTrue();
    }

    /** Keeps the writer busy until all of the changes wait. */
    private List<CompletableFuture<Upload>> inOneBatch(List<PendingWrite.Work<Upload>> changes)
            throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Boolean> first = writes.enqueue(_ -> blocking(busy, letGo));
        busy.await();
        List<CompletableFuture<Upload>> results = new ArrayList<>();
        for (PendingWrite.Work<Upload> change : changes) {
            results.add(writes.enqueue(change));
        }
        letGo.countDown();
        first.join();
        CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .handle((_, _) -> true)
                .join();
        return results;
    }

    private static boolean blocking(CountDownLatch busy, CountDownLatch letGo) throws IOException {
        busy.countDown();
        try {
            letGo.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return true;
    }

    private boolean found(Upload upload) {
        try (CatalogSession reader = new CatalogSession(database.openReader())) {
            return reader.find(upload.id()).isPresent();
        } catch (SQLException e) {
            throw new IllegalStateException("the test cannot read", e);
        }
    }
}
