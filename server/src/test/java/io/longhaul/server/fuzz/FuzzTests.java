package io.longhaul.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.protocol.tus.TusHeadersTarget;
import io.longhaul.server.web.DownloadHeadersTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing, from the inputs that are kept: two seconds of one target, so that none
 * of it rots, and with {@code -Dfuzz.seconds} as long as that of each.
 */
final class FuzzTests {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
    private static final int SMOKE_SECONDS = 2;
    private static final Path INPUTS =
            Path.of("src", "test", "resources", "io", "longhaul", "server", "fuzz")
                    .toAbsolutePath();

    /** What the fuzzer calls. */
    interface Code {
        void run(byte[] input) throws IOException;
    }

    /** A class that the fuzzer runs, and its method. */
    record Target(Class<?> type, Code code) {

        Path inputs() {
            return INPUTS.resolve(type.getSimpleName());
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Target> targets() {
        return Stream.of(
                new Target(TusHeadersTarget.class, TusHeadersTarget::fuzzerTestOneInput),
                new Target(DownloadHeadersTarget.class, DownloadHeadersTarget::fuzzerTestOneInput),
                new Target(UploadRequestsTarget.class, UploadRequestsTarget::fuzzerTestOneInput));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void inputsThatAreKeptPass(Target target) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(target.inputs())) {
            files = all.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            try {
                target.code.run(Files.readAllBytes(file));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("%s: %s".formatted(file, e.getMessage()), e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void fuzzerFindsNothing(Target target) throws IOException, InterruptedException {
        assumeTrue(SECONDS > 0 || target.type == TusHeadersTarget.class, "for -Dfuzz.seconds");

        int seconds = Math.max(SECONDS, SMOKE_SECONDS);
        assertThat(new Jazzer(target.type).run(target.inputs(), seconds)).isPositive();
    }
}
