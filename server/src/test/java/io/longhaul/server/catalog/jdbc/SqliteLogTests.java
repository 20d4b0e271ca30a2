package io.longhaul.server.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large the write-ahead log gets, and what writers and readers do to each other. */
@Timeout(120)
final class SqliteLogTests {

    private static final int READERS = 4;
    private static final long READ_NANOS = 2_000_000;
    private static final int BIG_REPLACES = 4_000;

    // Of one length but different, so that every change writes all pages of the record.
    private static final UploadMetadata METADATA =
            new UploadMetadata("name " + "QUJD".repeat(3_600));
    private static final UploadMetadata OTHER_METADATA =
            new UploadMetadata("name " + "REVG".repeat(3_600));

    @TempDir private Path directory;

    private SqliteDatabase database;
    private SqliteUploadCatalog catalog;
    private Upload upload;

    private final AtomicLong usable = new AtomicLong(SqliteReserve.PLENTY);

    @BeforeEach
    void open() throws IOException {
        Path file = file();
        database = new SqliteDatabase(file, Durability.PROCESS_CRASH, usable::get);
        catalog = new SqliteUploadCatalog(file, Durability.PROCESS_CRASH, usable::get);
        upload =
                catalog.create(
                        Upload.receiving(UploadId.random(), "", OptionalLong.empty(), Instant.EPOCH)
                                .change()
                                .metadata(METADATA)
                                .done());
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void logIsUsedAgain() throws IOException {
        replace(BIG_REPLACES);

        assertThat(Files.size(database.log())).isLessThan(24L << 20);
    }

    @Test
    void logStaysSmallOnADiskThatCanBeFull() throws IOException {
        usable.set(SqliteReserve.PLENTY - 1);
        replace(BIG_REPLACES);

        assertThat(Files.size(database.log())).isLessThan(8L << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {SqliteReserve.PLENTY, SqliteReserve.PLENTY - 1})
    void logStaysBoundedWhenThereIsAlwaysAReader(long room) throws Exception {
        usable.set(room);
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readSlowly(stop)));
            }
            try {
                replace(BIG_REPLACES);
            } finally {
                stop.set(true);
            }
        }

        assertThat(readers).allMatch(reader -> reader.resultNow() > 0);
        assertThat(Files.size(database.log())).isLessThan(40L << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {SqliteReserve.PLENTY, SqliteReserve.PLENTY - 1})
    void openReadNeitherStopsWritersNorHidesTheirWork(long room) throws Exception {
        usable.set(room);
        try (Connection reader = database.openReader();
                PreparedStatement select = reader.prepareStatement("SELECT version FROM upload");
                ResultSet rows = select.executeQuery()) {
            assertThat(rows.next()).isTrue();

            replace(500);

            assertThat(catalog.find(upload.id())).contains(upload);
        }
    }

    /** SQLite's readers lock the log for a moment when they meet a change half way. */
    @ParameterizedTest
    @ValueSource(longs = {SqliteReserve.PLENTY, SqliteReserve.PLENTY - 1})
    void changesWaitForALockOfAMoment(long room) throws Exception {
        usable.set(room);
        replace(1);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            for (int i = 0; i < 20; i++) {
                statement.execute("BEGIN IMMEDIATE");
                CompletableFuture<Optional<Upload>> changing =
                        CompletableFuture.supplyAsync(this::withBytes);
                Thread.sleep(i == 0 ? 500 : 10);
                assertThat(changing).isNotDone();
                statement.execute("ROLLBACK");
                upload = changing.get().orElseThrow();
            }
        }
    }

    private Optional<Upload> withBytes() {
        var bytes = new UploadContent.Inline(ByteBuffer.allocate(100));
        Upload changed = upload.change().content(bytes).done();
        try {
            return catalog.replace(changed, upload.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return directory.resolve("catalog.db");
    }

    private void replace(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            UploadMetadata metadata = i % 2 == 0 ? OTHER_METADATA : METADATA;
            Upload changed = upload.change().metadata(metadata).done();
            upload = catalog.replace(changed, upload.version()).orElseThrow();
        }
    }

    /** Look-ups that follow one another without a gap that the others do not cover. */
    private int readSlowly(AtomicBoolean stop) throws SQLException {
        int count = 0;
        try (Connection reader = database.openReader();
                PreparedStatement select = reader.prepareStatement("SELECT version FROM upload")) {
            while (!stop.get()) {
                try (ResultSet rows = select.executeQuery()) {
                    count += rows.next() ? 1 : 0;
                    LockSupport.parkNanos(READ_NANOS);
                }
            }
        }
        return count;
    }
}
