package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Deletes the uploads that a round created, over a few connections. */
public final class CleanUp {

    private static final int CONNECTIONS = 8;

    /** A server may still be busy with a connection that was just closed. */
    private static final int PASSES = 3;

    private static final int MAX_FAILURES_IN_A_ROW = 10;

    /** A server that needs seconds for each would keep thousands of them for hours. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private CleanUp() {}

    /** Deletes what it can in a minute, and says how many uploads it could not. */
    public static int of(Site site) throws IOException, InterruptedException {
        return of(site, LIMIT);
    }

    static int of(Site site, Duration limit) throws IOException, InterruptedException {
        long started = System.nanoTime();
        BooleanSupplier over = () -> System.nanoTime() - started >= limit.toNanos();
        Queue<String> uploads = new ConcurrentLinkedQueue<>(site.takeCreated());
        int before = Integer.MAX_VALUE;
        for (int pass = 0; pass < PASSES && !uploads.isEmpty() && uploads.size() < before; pass++) {
            before = uploads.size();
            uploads = pass(site, uploads, over);
        }
        return uploads.size();
    }

    /** Tries each once; those that are left are returned. */
    private static Queue<String> pass(Site site, Queue<String> uploads, BooleanSupplier over)
            throws IOException, InterruptedException {
        Queue<String> left = new ConcurrentLinkedQueue<>();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(CONNECTIONS, uploads.size()); i++) {
            HttpConnection connection = site.connection();
            workers.add(tally -> terminate(site, connection, uploads, left, over));
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
            Site site,
            HttpConnection connection,
            Queue<String> uploads,
            Queue<String> left,
            BooleanSupplier over) {
        int failures = 0;
        while (!over.getAsBoolean()) {
            String upload = uploads.poll();
            if (upload == null) {
                return;
            }
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
