package io.longhaul.server.cluster;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** An append to one node that has not all its bytes yet. For one thread at a time. */
final class HeldAppend implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PIECE = 256 << 10;

    private final Client client;
    private final String path;
    private final byte[] content;
    private final RawConnection connection;
    private final CompletableFuture<RawResponse> answer = new CompletableFuture<>();
    private int sent;

    private HeldAppend(Client client, String path, byte[] content, int offset) throws IOException {
        this.client = client;
        this.path = path;
        this.content = content;
        this.sent = offset;
        connection = client.beginAppend(path, offset, content.length - offset).timeout(LIMIT);
        Thread.ofVirtual().start(this::receive);
    }

    /** Begins one of all bytes from an offset on, and sends the first of them. */
    static HeldAppend begin(Client client, String path, byte[] content, int offset, int count)
            throws IOException {
        HeldAppend append = new HeldAppend(client, path, content, offset);
        append.send(count);
        return append;
    }

    /** Sends more; waits for a server that does not read. */
    HeldAppend send(int count) throws IOException {
        connection.send(Arrays.copyOfRange(content, sent, sent + count));
        sent += count;
        return this;
    }

    /** How far the bytes go that were sent, as an offset into the upload. */
    int sent() {
        return sent;
    }

    /** Waits until the node acknowledges what was sent. */
    HeldAppend awaitAcknowledged() {
        await("an offset of " + sent)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.offset(path) == sent);
        return this;
    }

    /** Sends the rest in the background, as far as the server takes it. */
    void sendRest() {
        Thread.ofVirtual().start(this::trySendRest);
    }

    private void trySendRest() {
        try {
            while (sent < content.length && !answer.isDone()) {
                send(Math.min(PIECE, content.length - sent));
            }
        } catch (IOException _) { // the server has ended the request
        }
    }

    /** The status of the answer; zero when the server hung up without one. */
    int status() throws Exception {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status();
        } catch (ExecutionException _) { // hung up
            return 0;
        }
    }

    private void receive() {
        try {
            answer.complete(connection.read());
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
