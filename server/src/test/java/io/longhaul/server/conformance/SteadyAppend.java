package io.longhaul.server.conformance;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that is slow but moving: it brings a piece of its body every tenth of a second, on a
 * thread of its own, and then waits for the answer. The head of its request has been sent before.
 */
final class SteadyAppend implements AutoCloseable {

    private static final long PACE_MILLIS = 100;

    private final RawConnection connection;
    private final byte[] body;
    private final int piece;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final CompletableFuture<Optional<RawResponse>> answer = new CompletableFuture<>();

    private SteadyAppend(RawConnection connection, byte[] body, int piece) {
        this.connection = connection;
        this.body = body;
        this.piece = piece;
    }

    static SteadyAppend begin(RawConnection connection, byte[] body, int piece) {
        SteadyAppend append = new SteadyAppend(connection, body, piece);
        Thread.ofVirtual().start(append::run);
        return append;
    }

    /** Sends the rest at once from now on. */
    SteadyAppend hurry() {
        hurry.countDown();
        return this;
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    /** The answer; empty when the server closed the connection without one. */
    Optional<RawResponse> answer() throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        hurry.countDown();
        connection.close();
    }

    private void run() {
        try {
            for (int sent = 0; sent < body.length; sent += piece) {
                connection.send(slice(sent));
                boolean _ = hurry.await(PACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException _) {
            // The server has hung up on it; there may be an answer all the same.
        }
        answer.complete(read());
    }

    private byte[] slice(int from) {
        return Arrays.copyOfRange(body, from, Math.min(from + piece, body.length));
    }

    private Optional<RawResponse> read() {
        try {
            return Optional.of(connection.read());
        } catch (IOException _) { // closed without an answer
            return Optional.empty();
        }
    }
}
