package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Connections that die, in silence or by a reset, or that never get to the point. {@code
 * -Dfaults.resets} breaks off more requests, {@code -Dfaults.seed} the same ones again.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class ConnectionFaultsIT {

    private static final int RESETS = Integer.getInteger("faults.resets", 200);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final Duration IDLE = Duration.ofSeconds(4);
    private static final int CLIENTS = 20;

    /** More than a server serves at once whose requests each take one of a few threads. */
    private static final int READERS = 300;

    private static final byte[] CONTENT = Client.bytes(2, 1_000);

    private static final ServerProcess server =
            ServerProcess.start(
                    "--longhaul.http.read-idle-timeout=%ds".formatted(IDLE.toSeconds()));

    private final Client client = new Client(server.port());
    private final Figures figures = new Figures(server);

    @BeforeAll
    static void warmUp() throws Exception {
        try (Probe warm = Probe.start(server.port())) {
            warm.assertHealthy("before");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Both ends believe in the connection: nothing more comes, and nothing says so. */
    @Test
    void vanishedClientsAreServedOnTheirNextConnection() throws Exception {
        Figures.Held before = figures.held();
        double takeovers = figures.metric("longhaul_holder_takeovers_total");
        long longest = 0;
        try (FlakyProxy network = FlakyProxy.to(server.port());
                Probe probe = Probe.start(server.port())) {
            List<String> paths = new ArrayList<>();
            List<RawConnection> vanished = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                paths.add(client.create(CONTENT.length));
                vanished.add(beginHalf(new Client(network.port()), paths.getLast()));
            }
            network.stall();
            for (String path : paths) {
                longest = Math.max(longest, finish(path));
            }
            probe.assertHealthy("with vanished clients");
            assertThat(figures.metric("longhaul_holder_takeovers_total") - takeovers)
                    .as("served because they asked, not because the old connection was given up")
                    .isPositive();
            figures.awaitReleased(before); // while the clients still hold their ends
            for (RawConnection each : vanished) {
                each.close();
            }
        }
        System.out.printf("Vanished: served after %d ms at most%n", longest);
        assertThat(longest).isLessThan(IDLE.toMillis());
    }

    private static RawConnection beginHalf(Client over, String path) throws IOException {
        byte[] half = Arrays.copyOf(CONTENT, CONTENT.length / 2);
        return over.beginAppend(path, 0, CONTENT.length).send(half);
    }

    /** Appends the rest; the milliseconds it took. */
    private long finish(String path) throws IOException {
        long started = System.nanoTime();
        int offset = Math.toIntExact(client.offset(path));
        byte[] rest = Arrays.copyOfRange(CONTENT, offset, CONTENT.length);
        assertThat(client.append(path, offset, rest).status()).isEqualTo(204);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        assertThat(client.content(path)).isEqualTo(CONTENT);
        return millis;
    }

    @Test
    void resetsAnywhereInARequestLeaveTheTruthAndNothingElse() throws Exception {
        BrokenRequests requests = new BrokenRequests(client, new Random(SEED));
        requests.breakOff(20); // what is loaded and kept once is there
        Figures.Held before = figures.held();
        try (Probe probe = Probe.start(server.port())) {
            requests.breakOff(RESETS);
            requests.finish();
            probe.assertHealthy("with resets");
        } catch (AssertionError e) {
            throw new AssertionError("seed %d: %s".formatted(SEED, e.getMessage()), e);
        }
        figures.awaitReleased(before);
        System.out.printf(
                "Reset %d requests, seed %d: held %s before, %s after%n",
                RESETS, SEED, before, figures.held());
    }

    @Test
    void headsThatDoNotComeToAnEndAreCutOff() throws Exception {
        Figures.Held before = figures.held();
        List<SlowHead> slow = new ArrayList<>();
        try (Probe probe = Probe.start(server.port())) {
            for (int i = 0; i < CLIENTS; i++) {
                slow.add(SlowHead.begin(client.connect(), i % 2 == 0));
            }
            for (SlowHead each : slow) {
                assertThat(each.cutAfter()).isBetween(IDLE.dividedBy(2), IDLE.multipliedBy(5));
            }
            probe.assertHealthy("with slow heads");
        }
        figures.awaitReleased(before);
    }

    @Test
    void downloadsThatNobodyReadsKeepNobodyOut() throws Exception {
        Figures.Held before = figures.held();
        String path = client.createLong();
        List<RawConnection> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(client.beginDownload(path));
        }
        try (Probe probe = Probe.start(server.port())) {
            probe.assertHealthy("beside %d downloads that nobody reads".formatted(READERS));
        }
        for (RawConnection each : readers) {
            each.close();
        }
        figures.awaitReleased(before);
    }

    @Test
    void connectionsThatWaitBetweenRequestsAreNotCutForEarlierOnes() throws Exception {
        long started = System.nanoTime();
        try (RawConnection patient = client.connect()) {
            while (System.nanoTime() - started < IDLE.plusSeconds(1).toNanos()) {
                assertThat(patient.exchange(Client.head("OPTIONS", "/files")).status())
                        .isEqualTo(200);
                TimeUnit.MILLISECONDS.sleep(IDLE.toMillis() / 3);
            }
        }
    }
}
