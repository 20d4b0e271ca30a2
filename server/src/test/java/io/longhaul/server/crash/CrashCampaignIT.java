package io.longhaul.server.crash;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.crash.KilledServer.Lifetime;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the server again and again, while it starts and while clients upload: nothing that was
 * acknowledged is lost, and in the end every content is right. {@code -Dcrash.rounds} makes it
 * longer, {@code -Dcrash.seed} repeats what the clients do.
 */
final class CrashCampaignIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    /** After so many rounds a server begins with an empty directory. */
    private static final int ROUNDS_OF_A_SERVER = 20;

    @ParameterizedTest
    @EnumSource
    void nothingAcknowledgedIsLost(Lifetime lifetime) throws IOException {
        Tally tally = new Tally();
        int servers = (ROUNDS + ROUNDS_OF_A_SERVER - 1) / ROUNDS_OF_A_SERVER;
        for (int number = 0; number < servers; number++) {
            int rounds = Math.min(ROUNDS - number * ROUNDS_OF_A_SERVER, ROUNDS_OF_A_SERVER);
            boolean even = number % 2 == 0;
            Durability durability =
                    even == (lifetime == Lifetime.LASTING)
                            ? Durability.POWER_LOSS
                            : Durability.PROCESS_CRASH;
            killAgainAndAgain(durability, lifetime, rounds, SEED + 1000L * number, tally);
        }
        tally.assertEnough();
        System.out.printf("%s, seed %d: %s%n", lifetime, SEED, tally);
    }

    private static void killAgainAndAgain(
            Durability durability, Lifetime lifetime, int rounds, long seed, Tally tally)
            throws IOException {
        int round = 0;
        try (var server = new KilledServer(durability, lifetime, seed, tally)) {
            server.killWhileStarting();
            for (; round < rounds; round++) {
                if (round % 3 == 1) {
                    server.killWhileStarting();
                } else {
                    server.killUnderLoad();
                }
            }
            server.finish();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "%s, -Dcrash.seed=%d, round %d: %s"
                            .formatted(durability, SEED, round, e.getMessage()),
                    e);
        }
    }

    static IntStream versions() throws IOException {
        return IntStream.rangeClosed(0, OlderCatalog.migrations());
    }

    @ParameterizedTest(name = "from version {0}")
    @MethodSource("versions")
    void catalogOfEveryVersionIsMigratedWheneverTheServerIsKilled(int version) throws Exception {
        Tally tally = new Tally();
        try (var server = new MigratingServer(version, SEED, tally)) {
            for (int round = 0; round < Math.max(1, ROUNDS / 10); round++) {
                server.killWhileMigrating();
            }
            server.finish();
        }
        System.out.printf("From version %d, seed %d: %s%n", version, SEED, tally);
    }
}
