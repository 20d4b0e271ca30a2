package io.longhaul.benchmarks.micro;

import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Records in SQLite: found, changed by one thread, and by many whose changes share a commit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CatalogBenchmark {

    private static final int MANY = 32;

    @Param({"POWER_LOSS", "PROCESS_CRASH"})
    public Durability durability = Durability.POWER_LOSS;

    private Path directory = Path.of("");

    @SuppressWarnings("NullAway") // JMH calls the set-up first
    private SqliteUploadCatalog catalog;

    /** Each thread changes an upload of its own. */
    @State(Scope.Thread)
    public static class Own {
        private Optional<Upload> upload = Optional.empty();
    }

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "catalog");
        catalog = new SqliteUploadCatalog(directory.resolve("catalog.db"), durability);
    }

    @TearDown
    public void close() throws IOException {
        catalog.close();
        FileUtils.deleteDirectory(directory.toFile());
    }

    @Benchmark
    public Optional<Upload> find(Own own) throws IOException {
        return catalog.find(uploadOf(own).id());
    }

    @Benchmark
    public Upload replace(Own own) throws IOException {
        return change(own);
    }

    @Benchmark
    @Threads(MANY)
    public Upload groupCommit(Own own) throws IOException {
        return change(own);
    }

    private Upload change(Own own) throws IOException {
        Upload upload = uploadOf(own);
        Upload more = upload.change().offset(upload.offset() + 1).done();
        Upload changed = catalog.replace(more, upload.version()).orElseThrow();
        own.upload = Optional.of(changed);
        return changed;
    }

    private Upload uploadOf(Own own) throws IOException {
        if (own.upload.isEmpty()) {
            own.upload =
                    Optional.of(
                            catalog.create(
                                    Upload.receiving(
                                            UploadId.random(),
                                            "",
                                            OptionalLong.empty(),
                                            Instant.now())));
        }
        return own.upload.get();
    }
}
