package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A client that appends while the server stops, and goes on when there is one again. */
final class StoppedAppend {

    private static final int PIECE = 2 << 10;
    private static final long PACE_MILLIS = 10;

    private final Client client;
    private final String path;
    private final byte[] content;
    private final int most;
    private final RawConnection connection;
    private final CompletableFuture<RawResponse> answer = new CompletableFuture<>();
    private volatile int sent;
    private long acknowledged;

    private StoppedAppend(Client client, byte[] content, int most) throws IOException {
        this.client = client;
        this.content = content;
        this.most = most;
        path = client.create(content.length);
        connection = client.beginAppend(path, 0, content.length);
    }

    /** Begins one that moves until it is told to stop, or one that soon stalls. */
    static StoppedAppend begin(Client client, byte[] content, boolean moving) throws IOException {
        StoppedAppend append =
                new StoppedAppend(client, content, moving ? content.length : PIECE * 8);
        Thread.ofVirtual().start(append::send);
        Thread.ofVirtual().start(append::receive);
        return append;
    }

    /** Whether it has stalled, or has sent something and goes on. */
    boolean underWay() {
        return moves() ? sent > 0 : sent == most;
    }

    private boolean moves() {
        return most == content.length;
    }

    /** Asks for the offset, which has to be kept from then on; that would end one that stalls. */
    void acknowledge() throws IOException {
        if (moves()) {
            acknowledged = client.offset(path);
        }
    }

    void assertToldToComeBack() throws Exception {
        RawResponse told = answer.get(30, TimeUnit.SECONDS);
        assertThat(told.status()).as(told + told.text()).isEqualTo(503);
        assertThat(told.required("Retry-After")).isEqualTo("5");
        connection.close();
    }

    /** Whether all was taken; if not, the server has said that it failed, or nothing. */
    boolean assertAnsweredHonestly() throws Exception {
        try (connection) {
            RawResponse told = answer.get(60, TimeUnit.SECONDS);
            if (told.status() == 204) {
                acknowledged = Long.parseLong(told.required("Upload-Offset"));
                assertThat(acknowledged).isEqualTo(content.length);
                return true;
            }
            assertThat(told.status()).as(told + told.text()).isGreaterThanOrEqualTo(500);
            return false;
        } catch (ExecutionException _) { // hung up on
            return false;
        }
    }

    /** Sends what is missing; how many bytes were sent twice. */
    int finish() throws IOException {
        int kept = Math.toIntExact(client.offset(path));
        assertThat((long) kept).as("moves: %s", moves()).isBetween(acknowledged, (long) sent);
        if (!moves()) {
            assertThat(kept).as("all that had arrived").isEqualTo(sent);
        }
        if (kept < content.length) {
            byte[] rest = Arrays.copyOfRange(content, kept, content.length);
            assertThat(client.append(path, kept, rest).status()).isEqualTo(204);
        }
        assertThat(client.content(path)).isEqualTo(content);
        return sent - kept;
    }

    private void send() {
        try {
            while (sent < most && !answer.isDone()) {
                connection.send(Arrays.copyOfRange(content, sent, Math.min(most, sent + PIECE)));
                sent = Math.min(most, sent + PIECE);
                TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
            }
        } catch (IOException | InterruptedException _) {
            sent = Math.min(most, sent + PIECE); // some of the piece may have arrived
        }
    }

    private void receive() {
        try {
            answer.complete(connection.read());
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }
}
