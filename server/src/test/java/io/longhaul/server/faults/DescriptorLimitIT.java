package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that may open few files, and clients that want more of them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DescriptorLimitIT {

    private static final int LIMIT = 256;
    private static final int CONNECTIONS = LIMIT / 4 * 3;
    private static final int WAITING = 30;
    private static final int SPARE = 5;
    private static final byte[] CONTENT = Client.bytes(3, 30_000);

    private static final ServerProcess server =
            ServerProcess.start(ServerLaunch.plain().descriptors(LIMIT));

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

    @Test
    void connectionsLeaveRoomForTheFilesOfUploads() throws Exception {
        Figures.Held before = figures.held();
        List<Socket> idle = new ArrayList<>();
        try (RawConnection healthy = client.connect()) {
            String path = create(healthy);
            for (int i = 0; i < CONNECTIONS + WAITING; i++) {
                idle.add(silent());
            }
            await().until(() -> figures.descriptors() >= CONNECTIONS);
            double cpu = figures.cpuSeconds();
            long started = System.nanoTime();

            for (int at = 0; at < CONTENT.length; at += 1_000) {
                append(healthy, path, at, Arrays.copyOfRange(CONTENT, at, at + 1_000));
                TimeUnit.MILLISECONDS.sleep(20);
            }

            double share = (figures.cpuSeconds() - cpu) / ((System.nanoTime() - started) / 1e9);
            System.out.printf(
                    "%d of %d descriptors, %d connections wait: %.0f %% of a processor%n",
                    figures.descriptors(), LIMIT, WAITING, 100 * share);
            assertThat(share).as("nothing spins").isLessThan(0.8);
            assertThat(figures.descriptors())
                    .as("the rest is for files")
                    .isLessThan(before.descriptors() + CONNECTIONS + SPARE);
            // Idle ones go by themselves, and those that wait have their turn.
            try (Probe probe = Probe.start(server.port())) {
                probe.assertRecovered("descriptors used up by silent connections");
            }
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
        figures.awaitReleased(before);
    }

    private static Socket silent() throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 30_000);
        return socket;
    }

    private static String create(RawConnection over) throws IOException {
        RawResponse answer =
                over.exchange(
                        Client.head(
                                "POST",
                                "/files",
                                "Upload-Length: " + CONTENT.length,
                                "Content-Length: 0"));
        assertThat(answer.status()).isEqualTo(201);
        return answer.required("Location");
    }

    private static void append(RawConnection over, String path, int offset, byte[] bytes)
            throws IOException {
        RawResponse answer =
                over.request(
                                Client.appendHead(path, offset)
                                        + "Content-Length: %d%n".formatted(bytes.length))
                        .send(bytes)
                        .read();
        assertThat(answer.status()).as(answer + answer.text()).isEqualTo(204);
    }

    /** Each moving append takes a connection and a file. */
    @Test
    void appendsThatGetNoFileAreToldAndLoseNothing() throws Exception {
        Figures.Held before = figures.held();
        List<StoppedAppend> appends = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS - 20; i++) {
            appends.add(StoppedAppend.begin(client, Client.bytes(i, 400_000), true));
        }
        int refused = 0;
        for (StoppedAppend append : appends) {
            refused += append.assertAnsweredHonestly() ? 0 : 1;
        }
        for (StoppedAppend append : appends) {
            append.finish();
        }
        System.out.printf("%d of %d appends got no file%n", refused, appends.size());
        figures.awaitReleased(before);
        try (Probe probe = Probe.start(server.port())) {
            probe.assertHealthy("after files ran out");
        }
    }
}
