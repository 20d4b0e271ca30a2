package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.EOFException;
import java.net.SocketException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The server is stopped while clients are appending: what arrived is there after the start. */
final class GracefulStopTests extends TusTranscript {

    GracefulStopTests() {
        super(STORED);
    }

    @Test
    void movingAppendsAreToldToComeBackAndLoseNothing() throws Exception {
        byte[] bytes = TestBytes.random(1, 100_000);
        String path = create("Upload-Length: " + bytes.length);
        long told;
        try (SteadyAppend append =
                SteadyAppend.begin(beginAppend(path, 0, bytes.length), bytes, 1_000)) {
            awaitArrival();
            told = offset(path);

            restart();

            append.answer().ifPresent(GracefulStopTests::assertStopping);
        }

        int kept = Math.toIntExact(offset(path));
        assertThat((long) kept).isPositive().isGreaterThanOrEqualTo(told);
        byte[] rest = Arrays.copyOfRange(bytes, kept, bytes.length);
        assertThat(append(path, kept, rest).status()).isEqualTo(204);
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void silentAppendsAreEndedAsWell() throws Exception {
        String path = create("Upload-Length: 10");
        try (RawConnection client = beginAppend(path, 0, 10).send("hello")) {
            awaitArrival();
            long started = System.nanoTime();

            restart();

            assertThat(System.nanoTime() - started).isLessThan(20_000_000_000L);
            assertStopping(client.read());
        } catch (EOFException | SocketException _) {
            // Hung up on without an answer; what counts is what was kept.
        }

        assertThat(offset(path)).isEqualTo(5);
        assertThat(append(path, 5, "world").status()).isEqualTo(204);
        assertThat(text(path)).isEqualTo("helloworld");
    }

    private static void assertStopping(RawResponse response) {
        assertThat(response.status()).as(response.text()).isEqualTo(503);
        assertThat(response.text()).startsWith("server-stopping");
        assertThat(response.required("Retry-After")).isEqualTo("5");
    }
}
