package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Deletes the uploads that a round created, over a few connections. */
public final class CleanUp {

    private static final int CONNECTIONS = 8;

    /** A server may still be busy with a connection that was just closed. */
    private static final int PASSES = 3;

    private static final int MAX_FAILURES_IN_A_ROW = 10;

    private CleanUp() {}

    /** Deletes what it can, and says how many uploads it could not. */
    public static int of(Site site) throws IOException, InterruptedException {
        Queue<String> uploads = new ConcurrentLinkedQueue<>(site.takeCreated());
        int before = Integer.MAX_VALUE;
        for (int pass = 0; pass < PASSES && !uploads.isEmpty() && uploads.size() < before; pass++) {
            before = uploads.size();
            uploads = pass(site, uploads);
        }
        return uploads.size();
    }

    /** Tries each once; those that are left are returned. */
    private static Queue<String> pass(Site site, Queue<String> uploads)
            throws IOException, InterruptedException {
        Queue<String> left = new ConcurrentLinkedQueue<>();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(CONNECTIONS, uploads.size()); i++) {
            HttpConnection connection = site.connection();
            workers.add(tally -> terminate(site, connection, uploads, left));
        }
        try (Crew crew = new Crew(workers)) {
            crew.work();
        } finally {
            site.closeConnections();
        }
        left.addAll(uploads);
        return left;
    }

    private static void terminate(
            Site site, HttpConnection connection, Queue<String> uploads, Queue<String> left) {
        int failures = 0;
        for (String upload = uploads.poll(); upload != null; upload = uploads.poll()) {
            try {
                site.uploads().terminate(connection, upload);
                failures = 0;
            } catch (SocketTimeoutException e) {
                // The server is stuck, and the next one would take as long.
                left.add(upload);
                return;
            } catch (IOException e) {
                // It is counted as left behind unless a later pass deletes it.
                left.add(upload);
                if (++failures == MAX_FAILURES_IN_A_ROW) {
                    return;
                }
            }
        }
    }
}
