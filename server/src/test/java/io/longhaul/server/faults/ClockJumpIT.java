package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.ShiftedClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a running server is set forward and back by hours. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
final class ClockJumpIT {

    private static final Duration EXPIRY = Duration.ofHours(1);
    private static final Duration FAR = Duration.ofHours(5);
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);
    private static final int PIECE = 1_000;
    private static final byte[] CONTENT = Client.bytes(3, 5 * PIECE);

    @TempDir private Path directory;
    private ShiftedClock clock;
    private ServerProcess server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        clock = ShiftedClock.in(directory);
        server =
                ServerProcess.start(
                        ServerLaunch.plain().environment(clock.environment()),
                        "--longhaul.expiry=" + EXPIRY.toHours() + "h",
                        "--longhaul.sweep-interval=" + SWEEP_INTERVAL.toMillis() + "ms");
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void onlyWhatTheClockSaysIsOverdueExpires() throws Exception {
        String idle = client.create(CONTENT.length);
        String moving = client.create(CONTENT.length);
        try (RawConnection append = client.beginAppend(moving, 0, CONTENT.length)) {
            append.send(piece(0));
            append(idle, 0);
            try (Probe probe = Probe.start(server.port())) {
                set(EXPIRY.dividedBy(2));
                append(idle, 1);
                append.send(piece(1));
                set(EXPIRY.dividedBy(2).negated());
                append(idle, 2);
                append.send(piece(2));
                set(Duration.ZERO);
                append(idle, 3);
                append.send(piece(3));
                probe.assertHealthy("while the clock is set");
            }
            set(FAR);
            await("expiry").until(() -> client.exchange("HEAD", idle).status() == 410);
            append.send(piece(4));

            RawResponse taken = append.read();
            assertThat(taken.status()).as(taken + taken.text()).isEqualTo(204);
        }
        assertThat(client.content(moving)).isEqualTo(CONTENT);
        set(FAR.negated());
        assertThat(client.exchange("HEAD", idle).status()).isEqualTo(410);
        assertThat(client.content(moving)).isEqualTo(CONTENT);
        assertThat(server.output()).doesNotContain("ERROR");
    }

    private static byte[] piece(int number) {
        return Arrays.copyOfRange(CONTENT, number * PIECE, (number + 1) * PIECE);
    }

    private void append(String path, int number) throws IOException {
        long offset = (long) number * PIECE;
        assertThat(client.offset(path)).isEqualTo(offset);
        assertThat(client.append(path, offset, piece(number)).status()).isEqualTo(204);
    }

    /** Sets the clock, sees that the server goes by it, and gives the sweep some rounds. */
    private void set(Duration ahead) throws Exception {
        clock.set(ahead);
        String fresh = client.create(1);
        String expires = client.exchange("HEAD", fresh).required("Upload-Expires");
        Instant told =
                ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(told)
                .isCloseTo(Instant.now().plus(ahead).plus(EXPIRY), within(1, ChronoUnit.MINUTES));
        TimeUnit.MILLISECONDS.sleep(SWEEP_INTERVAL.multipliedBy(5).toMillis());
    }
}
