package io.longhaul.benchmarks.micro;

import io.longhaul.server.content.disk.DiskContentStore;
import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An append to a file on the disk, of 10 KiB and of 256 KiB, until it is durable. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBenchmark {

    @Param({"POWER_LOSS", "PROCESS_CRASH"})
    public Durability durability = Durability.POWER_LOSS;

    @Param({"10240", "262144"})
    public int length;

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private Path directory = Path.of("");
    private UploadId id = UploadId.random();

    @SuppressWarnings("NullAway") // JMH calls the set-up first
    private ContentStore store;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "content");
        store = new DiskContentStore(directory, durability, 0);
        bytes = ByteBuffer.allocateDirect(length);
    }

    /** So that no disk fills up. */
    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        store.delete(id, null);
        id = UploadId.random();
    }

    @TearDown
    public void close() throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
    }

    @Benchmark
    public ContentReference append() throws IOException {
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(bytes.clear());
            return append.flush();
        }
    }
}
