package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two clients that send the appends of one upload twice, in the wrong order, slowly and in pieces.
 * {@code -Dfaults.rounds} makes it longer, {@code -Dfaults.seed} repeats what they do.
 */
@ExtendWith(SharedServer.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class CompetingClientsIT {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 15);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int CLIENTS = 2;

    @Test
    void everyByteIsTakenOnceFromOneOfThem(ServerProcess server) throws Exception {
        Client client = new Client(server.port());
        Figures figures = new Figures(server);
        int accepted = 0;
        int refused = 0;
        try (Probe probe = Probe.start(server.port())) {
            for (int round = 0; round < ROUNDS; round++) {
                ContestedUpload upload = contest(client, SEED + round);
                upload.assertConsistent();
                accepted += upload.accepted();
                refused += upload.refused();
            }
            probe.assertHealthy("with competing clients");
        } catch (AssertionError e) {
            throw new AssertionError("seed %d: %s".formatted(SEED, e.getMessage()), e);
        }
        System.out.printf(
                "Contested %d uploads, seed %d: %d appends accepted, %d not%n",
                ROUNDS, SEED, accepted, refused);
        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
        assertThat(figures.metric("longhaul_uploads_active")).isZero();
    }

    private static ContestedUpload contest(Client client, long seed) throws Exception {
        ContestedUpload upload = new ContestedUpload(client);
        List<CompletableFuture<Void>> working = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed * CLIENTS + i);
            working.add(
                    CompletableFuture.runAsync(
                            () -> upload.work(random), Thread::startVirtualThread));
        }
        for (CompletableFuture<Void> each : working) {
            each.get(5, TimeUnit.MINUTES);
        }
        return upload;
    }
}
