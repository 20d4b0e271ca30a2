package io.longhaul.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the server again and again while clients upload: nothing that was acknowledged is lost, and
 * in the end every content is right. {@code -Dcrash.rounds} makes it longer, {@code -Dcrash.seed}
 * repeats what the clients do.
 */
final class ServerKillIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 4);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 1200;

    @ParameterizedTest
    @EnumSource
    void nothingAcknowledgedIsLost(Durability durability) throws Exception {
        String setting = durability.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (var server = ServerProcess.start("--longhaul.durability=" + setting)) {
            List<CrashClient> clients =
                    Stream.iterate(SEED, seed -> seed + 1)
                            .limit(CLIENTS)
                            .map(seed -> new CrashClient(server.port(), seed))
                            .toList();
            campaign(server, clients);
            report(durability, clients);
        } catch (AssertionError | CompletionException e) {
            throw new AssertionError("seed %d: %s".formatted(SEED, e.getMessage()), e);
        }
    }

    private static void campaign(ServerProcess server, List<CrashClient> clients)
            throws IOException {
        Random random = new Random(SEED);
        int interrupted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            killUnderLoad(server, clients, random);
            server.restart();
            for (CrashClient client : clients) {
                interrupted += client.lookAtAll();
            }
        }
        for (CrashClient client : clients) {
            client.finish();
            assertThat(client.lookAtAll()).isZero();
        }
        assertThat(interrupted).as("requests that a kill broke off").isPositive();
    }

    private static void killUnderLoad(
            ServerProcess server, List<CrashClient> clients, Random random) {
        AtomicBoolean killed = new AtomicBoolean();
        List<CompletableFuture<Void>> working =
                clients.stream()
                        .map(
                                client ->
                                        CompletableFuture.runAsync(
                                                () -> client.workUntil(killed::get),
                                                task -> Thread.ofPlatform().start(task)))
                        .toList();
        LockSupport.parkNanos(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS) * 1_000_000L);
        killed.set(true);
        server.kill();
        working.forEach(CompletableFuture::join);
    }

    private static void report(Durability durability, List<CrashClient> clients) {
        List<TrackedUpload> all =
                clients.stream().flatMap(client -> client.uploads().stream()).toList();
        System.out.printf(
                "Killed %d times with %s, seed %d: %d uploads, %d MiB right in the end%n",
                ROUNDS,
                durability,
                SEED,
                all.size(),
                all.stream()
                                .filter(TrackedUpload::live)
                                .mapToLong(TrackedUpload::acknowledged)
                                .sum()
                        >> 20);
    }
}
