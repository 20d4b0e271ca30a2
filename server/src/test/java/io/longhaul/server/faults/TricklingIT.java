package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Very many connections that send a few bytes now and then, beside a healthy client. {@code
 * -Dfaults.connections=10000} is the whole of it, {@code -Dfaults.seconds} how long it lasts.
 */
@ExtendWith(SharedServer.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class TricklingIT {

    private static final int CONNECTIONS = Integer.getInteger("faults.connections", 1_000);
    private static final int SECONDS = Integer.getInteger("faults.seconds", 2);
    private static final int LENGTH = 1 << 20;
    private static final byte[] DROP = new byte[100];
    private static final long ROUND_MILLIS = 5_000;

    @Test
    void freshUploadsDoNotWaitForManySlowOnes(ServerProcess server) throws Exception {
        Client client = new Client(server.port());
        Figures figures = new Figures(server);
        try (Probe probe = Probe.start(server.port())) {
            TimeUnit.SECONDS.sleep(SECONDS);
            probe.assertHealthy("without slow uploads");
        }
        Figures.Held before = figures.held();
        List<RawConnection> slow = begin(client);
        CountDownLatch stop = new CountDownLatch(1);
        Thread dropping = Thread.startVirtualThread(() -> trickle(slow, stop));
        try (Probe probe = Probe.start(server.port())) {
            TimeUnit.SECONDS.sleep(SECONDS);
            probe.assertHealthy("beside %d slow uploads".formatted(CONNECTIONS));
        }
        System.out.printf(
                "%d slow uploads: %s, %d MiB resident%n",
                CONNECTIONS, figures.held(), figures.residentMebibytes());
        assertThat(figures.metric("longhaul_uploads_active"))
                .as("none was given up")
                .isEqualTo(CONNECTIONS);
        stop.countDown();
        dropping.join();
        for (RawConnection each : slow) {
            each.close();
        }
        figures.awaitReleased(before);
    }

    private static List<RawConnection> begin(Client client) throws IOException {
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            slow.add(client.beginAppend(client.create(LENGTH), 0, LENGTH).send(DROP));
        }
        return slow;
    }

    /** Each sends a few bytes every five seconds, all of them evenly. */
    private static void trickle(List<RawConnection> slow, CountDownLatch stop) {
        try {
            long started = System.nanoTime();
            for (long sent = 0; stop.getCount() > 0; sent++) {
                slow.get((int) (sent % slow.size())).send(DROP);
                long due = sent * ROUND_MILLIS / slow.size();
                long ahead = due - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
                boolean _ = stop.await(Math.max(0, ahead), TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("a slow upload was cut", e);
        }
    }
}
