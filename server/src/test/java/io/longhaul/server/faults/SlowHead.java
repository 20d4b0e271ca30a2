package io.longhaul.server.faults;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that sends a byte of a head now and then, on a thread of its own. */
final class SlowHead {

    private static final long PACE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RawConnection connection;
    private final CompletableFuture<Duration> cut = new CompletableFuture<>();

    private SlowHead(RawConnection connection) {
        this.connection = connection;
    }

    /**
     * @param afterAnother whether a proper request comes first
     */
    static SlowHead begin(RawConnection connection, boolean afterAnother) throws IOException {
        if (afterAnother) {
            connection.exchange(Client.head("OPTIONS", "/files"));
        }
        SlowHead slow = new SlowHead(connection);
        Thread.ofVirtual().start(slow::run);
        return slow;
    }

    /** How long it was borne. */
    Duration cutAfter() throws Exception {
        return cut.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void run() {
        long started = System.nanoTime();
        try (connection) {
            connection.send("HEAD /files/1 HTTP/1.1\r\nHost: ");
            while (System.nanoTime() - started < PATIENCE.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
                connection.send("x");
            }
            cut.completeExceptionally(new AssertionError("it was not cut"));
        } catch (IOException _) { // that is what the test waits for
            cut.complete(Duration.ofNanos(System.nanoTime() - started));
        } catch (InterruptedException e) {
            cut.completeExceptionally(e);
        }
    }
}
