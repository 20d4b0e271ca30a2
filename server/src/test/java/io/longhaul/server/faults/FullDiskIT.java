package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TemporaryDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk with everything on it, content, catalog and log, is filled under several clients, by
 * them or by somebody else, and freed. Only root can mount one.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FullDiskIT {

    private static final int MIB = 1 << 20;
    private static final int CLIENTS = 4;

    @Test
    void uploadsGoOnWhenThereIsSpaceAgain() throws Exception {
        Path directory = Files.createTempDirectory("longhaul-disk");
        try (TemporaryDisk disk = new TemporaryDisk(directory, "size=64m")) {
            assumeTrue(disk.isMounted(), "SKIPPED: a small disk can be mounted by root only");
            Path workspace = Files.createDirectory(directory.resolve("server"));
            try (ServerProcess server =
                    ServerProcess.start(
                            ServerLaunch.in(workspace), "--longhaul.disk-reserve=2MB")) {
                fillAndFree(server, directory.resolve("ballast"), false);
                fillAndFree(server, directory.resolve("ballast"), true);
            }
        }
        Files.delete(directory);
    }

    private static void fillAndFree(ServerProcess server, Path ballast, boolean toTheLastByte)
            throws Exception {
        fill(ballast, (toTheLastByte ? 28 : 48) * MIB);
        List<FillingClient> clients = new ArrayList<>();
        List<CompletableFuture<Void>> working = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            FillingClient client = new FillingClient(new Client(server.port()), i);
            clients.add(client);
            working.add(CompletableFuture.runAsync(client::work, Thread::startVirtualThread));
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> clients.stream().allMatch(client -> client.refusals() > 0));
        if (toTheLastByte) {
            fill(ballast.resolveSibling("more"), Integer.MAX_VALUE);
            int refusals = clients.getFirst().refusals();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> clients.getFirst().refusals() > refusals + 2);
        }
        long freed = System.nanoTime();
        Files.delete(ballast);
        Files.deleteIfExists(ballast.resolveSibling("more"));
        for (CompletableFuture<Void> each : working) {
            each.get(2, TimeUnit.MINUTES);
        }
        System.out.printf(
                "Full disk, to the last byte %s: refused %d times, all complete %d ms after there"
                        + " was space%n",
                toTheLastByte,
                clients.stream().mapToInt(FillingClient::refusals).sum(),
                Duration.ofNanos(System.nanoTime() - freed).toMillis());
        for (FillingClient client : clients) {
            client.assertComplete();
        }
        assertThat(new Figures(server).metric("longhaul_uploads_active")).isZero();
    }

    private static void fill(Path file, int most) {
        byte[] block = new byte[4 << 10];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int written = 0; written < most; written += block.length) {
                out.write(block);
            }
        } catch (IOException _) {
            // No space left: that was the purpose.
        }
    }
}
