package io.longhaul.benchmarks.micro;

import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What every request needs besides its upload: a new name, the name in its URL, its reply. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplyBenchmark {

    private final UploadUrls urls = new UploadUrls(null);
    private final UploadId id = UploadId.random();
    private final String path = urls.location(id);

    @Benchmark
    public UploadId newName() {
        return UploadId.random();
    }

    @Benchmark
    public Optional<UploadId> nameInUrl() {
        return UploadUrls.upload(path);
    }

    @Benchmark
    public HttpReply creationReply() {
        return TusProtocol.resumable(
                HttpReply.of(201)
                        .with("Location", urls.location(id))
                        .with("Upload-Offset", "0")
                        .with("Upload-Expires", Optional.of("Sat, 21 Nov 2026 14:00:00 GMT")));
    }
}
