package io.longhaul.server.core.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of creations, appends, cuts, wrong digests, takeovers, terminations, expiry,
 * store failures, restarts and concatenations leave every upload as the model says. {@code
 * -Dmodel.seed} sets the first seed and {@code -Dmodel.sequences} how many follow.
 */
final class UploadsModelTests {

    private static final long FIRST_SEED = Long.getLong("model.seed", 1);
    private static final long SEQUENCES = Long.getLong("model.sequences", 200);
    private static final int STEPS = 40;

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void anySequenceLeavesUploadsAsTheModelSays(int inlineSize)
            throws IOException, InterruptedException {
        try (UploadWorld world = new UploadWorld(directory, inlineSize)) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
                walk(world, seed);
            }
        }
    }

    private static void walk(UploadWorld world, long seed)
            throws IOException, InterruptedException {
        UploadWalk walk = new UploadWalk(world, seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                walk.step();
            }
            walk.finish();
        } catch (AssertionError | RuntimeException e) {
            String steps = String.join("\n", walk.log());
            throw new AssertionError(
                    "seed %d: %s%nafter%n%s".formatted(seed, e.getMessage(), steps), e);
        }
    }
}
