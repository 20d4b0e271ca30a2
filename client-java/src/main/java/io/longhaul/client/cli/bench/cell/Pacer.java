package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds many blocking connections from one thread: a write of a few bytes does not block while the
 * server's receive buffer has room, and all that one connection sends in a run fits into it.
 */
final class Pacer implements Worker {

    /** What an append begins with: servers may cut those that are silent at first. */
    static final int FIRST = 1024;

    private static final int BYTES = 64;
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Several connections are due together rather than one system call each to wait. */
    private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();

    private final Site site;
    private final List<HttpConnection> connections;
    private final Duration time;

    Pacer(Site site, List<HttpConnection> connections, Duration time) {
        this.site = site;
        this.connections = new ArrayList<>(connections);
        this.time = time;
    }

    @Override
    public void work(Tally tally) {
        Period period = site.period(time);
        long start = System.nanoTime();
        long spacing = INTERVAL.toNanos() / Math.max(1, connections.size());
        for (long i = 0; !period.isOver() && !connections.isEmpty(); i++) {
            long due = start + i * spacing;
            if (due - System.nanoTime() > 0) {
                period.waitUntil(due + STEP_NANOS);
            }
            if (!period.isOver()) {
                send((int) (i % connections.size()), tally);
            }
        }
    }

    /** The server answers a part of an append only by giving up. */
    @Override
    public void check(Tally tally) {
        for (HttpConnection connection : connections) {
            if (!connection.isSilent()) {
                tally.failed("the server ended a trickling append");
            }
        }
    }

    private void send(int index, Tally tally) {
        try {
            connections.get(index).send(site.payload().first(BYTES));
            tally.sent(BYTES);
        } catch (IOException e) {
            tally.failed("the server ended a trickling append: " + e.getMessage());
            connections.remove(index);
        }
    }
}
