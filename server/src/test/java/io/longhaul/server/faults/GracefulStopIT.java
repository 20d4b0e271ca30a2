package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM while clients upload, once and twice. {@code -Dfaults.long=true} waits for the limit. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class GracefulStopIT {

    private static final int SIGTERM_STATUS = 128 + 15;
    private static final int CLIENTS = 30;
    private static final int LENGTH = 8 << 20;

    /** As docs/operations promises. */
    private static final Duration LIMIT = Duration.ofSeconds(28);

    private static final ServerProcess server = ServerProcess.start();

    private final Client client = new Client(server.port());

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startAgain() {
        if (!server.isRunning()) {
            server.restart();
        }
    }

    @Test
    void clientsGoOnAtTheNextStartWithoutSendingAgainWhatWasKept() throws Exception {
        List<StoppedAppend> appends = appendsUnderWay();
        try (Newcomers newcomers = Newcomers.start(client)) {
            long millis = terminate();
            for (StoppedAppend append : appends) {
                append.assertToldToComeBack();
            }
            server.restart();
            newcomers.assertToldTheTruth();
            long twice = 0;
            for (StoppedAppend append : appends) {
                twice += append.finish();
            }
            System.out.printf(
                    "Stopped in %d ms under %d appends; %d of %d bytes were on their way and sent"
                            + " again%n",
                    millis, CLIENTS, twice, (long) CLIENTS * LENGTH);
            assertThat(millis).isLessThan(LIMIT.toMillis());
        }
    }

    /** Some move, some have stalled. */
    private List<StoppedAppend> appendsUnderWay() throws IOException {
        List<StoppedAppend> appends = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            appends.add(StoppedAppend.begin(client, Client.bytes(i, LENGTH), i % 3 > 0));
        }
        await().until(() -> appends.stream().allMatch(StoppedAppend::underWay));
        for (StoppedAppend append : appends) {
            append.acknowledge();
        }
        return appends;
    }

    /** Stops the server; the milliseconds it took. */
    private static long terminate() {
        long started = System.nanoTime();
        server.terminate();
        assertThat(server.exitStatus()).isEqualTo(SIGTERM_STATUS);
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }

    @Test
    void secondSignalEndsItAtOnce() throws Exception {
        String known = client.create(10);
        assertThat(client.append(known, 0, new byte[5]).status()).isEqualTo(204);
        try (RawConnection _ = client.beginDownload(client.createLong())) {
            server.terminate();
            await().until(() -> server.output().contains("Stopping;"));
            await().until(this::refusesConnections);
            assertThat(server.isRunning()).as("it waits for the download").isTrue();

            long millis = terminate();

            System.out.printf("Stopped in %d ms by the second signal%n", millis);
            assertThat(millis).isLessThan(5_000);
            assertThat(server.output()).contains("Stopped at once");
            assertThat(server.dataDir().resolve("catalog.db-wal"))
                    .as("the log, which a stop in order would have removed")
                    .exists();
        }
        server.restart();
        assertThat(client.offset(known)).isEqualTo(5);
    }

    @Test
    void downloadsDoNotHoldItForLongerThanTheLimit() throws Exception {
        assumeTrue(Boolean.getBoolean("faults.long"), "takes its time: -Dfaults.long=true");
        try (RawConnection _ = client.beginDownload(client.createLong())) {
            long millis = terminate();

            System.out.printf("Stopped in %d ms beside a download that nobody reads%n", millis);
            assertThat(millis).isBetween(1_000L, LIMIT.toMillis());
        }
    }

    private boolean refusesConnections() {
        try (RawConnection _ = client.connect()) {
            return false;
        } catch (IOException _) { // refused
            return true;
        }
    }
}
