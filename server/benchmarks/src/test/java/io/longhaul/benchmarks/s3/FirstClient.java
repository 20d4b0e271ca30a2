package io.longhaul.benchmarks.s3;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * The client of the first server: it sends a few bytes again and again, so that its upload is known
 * to be long and nothing of it is stored yet, and then nothing more.
 */
final class FirstClient implements Closeable {

    private static final int PIECE = 512;
    private static final Duration INTERVAL = Duration.ofMillis(10);

    /** So many of them that the record says which server has them. */
    private static final int PIECES = 80;

    private final RawConnection connection;

    private FirstClient(RawConnection connection) {
        this.connection = connection;
    }

    static FirstClient begin(int port, String path, long length)
            throws IOException, InterruptedException {
        FirstClient client = new FirstClient(new Client(port).beginAppend(path, 0, length));
        for (int i = 0; i < PIECES; i++) {
            client.connection.send(new byte[PIECE]);
            Thread.sleep(INTERVAL);
        }
        return client;
    }

    /** How many bytes it has sent. */
    long sent() {
        return PIECES * PIECE;
    }

    /** Breaks its connection off. */
    void cut() throws IOException {
        connection.reset();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
