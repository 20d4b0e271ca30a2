package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.time.Duration;

/**
 * Small uploads on a new connection each, at fixed times. Latency counts from the time at which an
 * upload was due, so that a server that stalls does not hide how many had to wait.
 */
final class Probe implements Worker {

    private static final long INTERVAL_NANOS = Duration.ofMillis(80).toNanos();

    private final Site site;
    private final HttpConnection connection;
    private final Duration time;
    private final long delayNanos;

    /** The share of the interval after which the first upload is due keeps probes apart. */
    Probe(Site site, HttpConnection connection, Duration time, double share) {
        this.site = site;
        delayNanos = (long) (INTERVAL_NANOS * share);
        this.connection = connection;
        this.time = time;
    }

    @Override
    public void work(Tally tally) throws IOException {
        Period period = site.period(time);
        for (long due = System.nanoTime() + delayNanos; !period.isOver(); due += INTERVAL_NANOS) {
            period.waitUntil(due);
            if (!period.isOver()) {
                upload(due, tally);
            }
        }
    }

    private void upload(long due, Tally tally) throws IOException {
        connection.close();
        try {
            SmallCell.uploadByTwoRequests(site, connection);
            tally.done(SmallCell.LENGTH, System.nanoTime() - due);
        } catch (IOException e) {
            tally.failed(e);
        }
    }
}
