package io.longhaul.benchmarks.cell;

import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.client.cli.bench.cell.Crew;
import io.longhaul.client.cli.bench.cell.Tally;
import io.longhaul.client.cli.bench.cell.Worker;
import io.longhaul.client.cli.bench.tus.Endpoint;
import io.longhaul.client.cli.bench.tus.Uploads;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Payload;
import io.longhaul.client.cli.bench.wire.Scratch;
import io.longhaul.client.cli.bench.wire.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Requests to one server over a few connections, and what they cost. For one thread. */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PeerProcess server;
    private final Watchdog watchdog = Watchdog.start(PATIENCE);
    private final List<HttpConnection> connections = new ArrayList<>();
    private final Uploads uploads;

    Load(PeerProcess server) {
        this.server = server;
        Endpoint endpoint = Endpoint.of(server.uploads(), List.of());
        uploads = new Uploads(endpoint);
        Payload payload = new Payload();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(
                    new HttpConnection(endpoint.address(), watchdog, payload, new Scratch()));
        }
    }

    /** Creates uploads, and adds their names to a list that may be used by several threads. */
    Batch create(int count, long length, List<String> names) throws IOException {
        return work(
                count,
                (connection, i) -> {
                    String name = uploads.create(connection, length);
                    names.add(name);
                });
    }

    /** Asks for the offset of each upload, which must be zero. */
    Batch ask(List<String> names) throws IOException {
        return work(
                names.size(),
                (connection, i) -> {
                    uploads.askOffset(connection, names.get(i));
                    uploads.readOffset(connection, 0);
                });
    }

    /** Creates one upload. */
    String create(long length) throws IOException {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        create(1, length, names);
        return names.get(0);
    }

    /** Appends so many chunks behind each other, over one connection. */
    Batch append(String upload, long offset, long chunk, int count) throws IOException {
        HttpConnection connection = connections.get(0);
        return measured(
                List.of(
                        tally -> {
                            for (int i = 0; i < count; i++) {
                                long begun = System.nanoTime();
                                uploads.append(connection, upload, offset + i * chunk, chunk);
                                tally.done(chunk, System.nanoTime() - begun);
                            }
                        }));
    }

    @Override
    public void close() {
        watchdog.close();
    }

    private Batch work(int count, Step step) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int first = 0; first < CONNECTIONS; first++) {
            int from = first;
            HttpConnection connection = connections.get(first);
            workers.add(tally -> work(from, count, connection, step, tally));
        }
        return measured(workers);
    }

    private static void work(int from, int count, HttpConnection connection, Step step, Tally tally)
            throws IOException {
        for (int i = from; i < count; i += CONNECTIONS) {
            long begun = System.nanoTime();
            step.take(connection, i);
            tally.done(0, System.nanoTime() - begun);
        }
    }

    private Batch measured(List<Worker> workers) throws IOException {
        try (Crew crew = new Crew(workers)) {
            Duration before = server.cpu();
            long begun = System.nanoTime();
            Tally tally = crew.work();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
            if (tally.failures() > 0) {
                throw new IOException(tally.firstFailure().orElse("failed"));
            }
            return new Batch(tally, elapsed, server.cpu().minus(before));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private interface Step {
        void take(HttpConnection connection, int index) throws IOException;
    }

    /** Requests that all ended well, with the server's processor time. */
    record Batch(Tally tally, Duration elapsed, Duration cpu) {

        double perSecond() {
            return tally.operations() * 1e9 / elapsed.toNanos();
        }

        double cpuPerThousand() {
            return cpu.toNanos() / 1e6 / tally.operations();
        }

        double cpuPerGibibyte() {
            return cpu.toNanos() / 1e9 / tally.bytes() * (1 << 30);
        }

        /** Milliseconds that a share of the requests did not exceed. */
        double latency(double share) {
            long[] sorted = tally.latencies();
            int rank = (int) Math.ceil(share * sorted.length);
            return sorted[Math.max(rank, 1) - 1] / 1e6;
        }
    }
}
