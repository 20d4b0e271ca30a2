package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What a server holds while many clients are slow, and how soon it answers HEAD meanwhile. */
final class SlowUploads {

    private static final int KIB = 1 << 10;
    private static final double MIB = 1 << 20;
    private static final long LENGTH = 10 << 20;
    private static final int CREATING = 16;
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    /** For an upload that is asked about: HEAD ends a request that was silent for a second. */
    private static final Duration MOVING_INTERVAL = Duration.ofMillis(100);

    private static final Duration BETWEEN_HEADS = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Store store;
    private final int count;
    private final Duration time;
    private final byte[] piece = Client.bytes(1, KIB);

    SlowUploads(Store store, int count, Duration time) {
        this.store = store;
        this.count = count;
        this.time = time;
    }

    List<CellResult> measure() throws IOException, InterruptedException {
        try (PeerProcess server = store.server(store.calling())) {
            Client client = new Client(server.origin().getPort());
            List<Figure> figures = new ArrayList<>();
            figures.add(memory("memory before", List.of(resident(server))));
            List<String> paths = create(client);
            CountDownLatch end = new CountDownLatch(1);
            List<Future<?>> slow = new ArrayList<>();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < count; i++) {
                    Duration delay = INTERVAL.multipliedBy(i).dividedBy(count);
                    String path = paths.get(i);
                    slow.add(clients.submit(() -> send(client, path, delay, INTERVAL, end)));
                }
                slow.add(
                        clients.submit(
                                () ->
                                        send(
                                                client,
                                                paths.get(count),
                                                Duration.ZERO,
                                                MOVING_INTERVAL,
                                                end)));
                try {
                    Thread.sleep(INTERVAL.multipliedBy(2));
                    figures.addAll(watch(server, client, paths));
                } finally {
                    end.countDown();
                }
            }
            return List.of(new CellResult("slow-" + count, List.of(result(figures, slow))));
        }
    }

    private List<String> create(Client client) throws IOException, InterruptedException {
        List<Future<String>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CREATING)) {
            // Two more: one that moves, and one to which nobody sends anything.
            for (int i = 0; i < count + 2; i++) {
                created.add(threads.submit(() -> client.create(LENGTH)));
            }
        }
        List<String> paths = new ArrayList<>();
        for (Future<String> each : created) {
            try {
                paths.add(each.get());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return paths;
    }

    private Void send(
            Client client, String path, Duration delay, Duration interval, CountDownLatch end)
            throws IOException, InterruptedException {
        if (end.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try (RawConnection connection = client.beginAppend(path, 0, LENGTH)) {
            do {
                connection.send(piece);
            } while (!end.await(interval.toNanos(), TimeUnit.NANOSECONDS));
            expectNoAnswer(connection.timeout(MOMENT));
        }
        return null;
    }

    private static void expectNoAnswer(RawConnection connection) throws IOException {
        try {
            RawResponse answer = connection.read();
            throw new IOException("answered before its end: " + answer);
        } catch (SocketTimeoutException _) { // it goes on
        }
    }

    /** HEAD of an upload that is moving and of one that is not, again and again. */
    private List<Figure> watch(PeerProcess server, Client client, List<String> paths)
            throws IOException, InterruptedException {
        Latencies moving = new Latencies();
        Latencies resting = new Latencies();
        List<Double> memory = new ArrayList<>();
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            ask(client, paths.get(count), moving);
            ask(client, paths.getLast(), resting);
            memory.add(resident(server));
            Thread.sleep(BETWEEN_HEADS);
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(memory("memory", memory));
        figures.addAll(moving.figures("HEAD"));
        figures.addAll(resting.figures("HEAD at rest"));
        return figures;
    }

    private static void ask(Client client, String path, Latencies latencies) throws IOException {
        long begun = System.nanoTime();
        Answers.expect(200, client.exchange("HEAD", path));
        latencies.addSince(begun);
    }

    private PeerResult result(List<Figure> figures, List<Future<?>> slow)
            throws InterruptedException {
        List<String> failures = new ArrayList<>();
        for (Future<?> each : slow) {
            try {
                each.get();
            } catch (ExecutionException e) {
                failures.add(String.valueOf(e.getCause()));
            }
        }
        return new PeerResult(
                store.calling().name(),
                null,
                slow.size() - failures.size(),
                failures.size(),
                failures.isEmpty() ? null : failures.getFirst(),
                figures);
    }

    private static double resident(PeerProcess server) throws IOException {
        return server.usage().resident() / MIB;
    }

    private static Figure memory(String name, List<Double> samples) {
        return Figure.of(name, "MiB", samples);
    }
}
