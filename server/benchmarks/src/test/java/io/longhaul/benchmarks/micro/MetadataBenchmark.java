package io.longhaul.benchmarks.micro;

import io.longhaul.server.core.upload.UploadMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading what a client says about an upload: two keys, as browsers send them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetadataBenchmark {

    private final String encoded =
            "filename "
                    + base64("field recording, north ridge.wav")
                    + ",filetype "
                    + base64("audio/wav");
    private final UploadMetadata metadata = UploadMetadata.parse(encoded);

    @Benchmark
    public UploadMetadata parse() {
        return UploadMetadata.parse(encoded);
    }

    @Benchmark
    public Optional<String> readFileName() {
        return metadata.text("filename");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
