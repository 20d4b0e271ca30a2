package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A healthy client beside bad ones: it uploads 10 KiB over a new connection again and again and
 * notes how long each took.
 */
final class Probe implements AutoCloseable {

    /** Generous: what counts is that healthy uploads do not wait for the bad ones. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final int BYTES = 10 << 10;
    private static final int LEAST = 5;
    private static final long PAUSE_MILLIS = 20;

    private final Client client;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch least = new CountDownLatch(LEAST);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private Probe(int port) {
        client = new Client(port);
        thread = Thread.ofVirtual().start(this::run);
    }

    static Probe start(int port) {
        return new Probe(port);
    }

    /** Ends it after some uploads at least; fails when one failed or they took too long. */
    void assertHealthy(String meanwhile) throws InterruptedException {
        assertThat(least.await(1, TimeUnit.MINUTES)).as("uploads are done").isTrue();
        close();
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s: %d healthy uploads, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                meanwhile,
                sorted.length,
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 1));
        assertThat(failures).as(Arrays.toString(sorted)).isEmpty();
        assertThat(millis(sorted, 0.99)).isLessThan((double) BOUND.toMillis());
    }

    /** Ends it after some uploads, of which the first may have had to wait for the recovery. */
    void assertRecovered(String after) throws InterruptedException {
        assertThat(least.await(2, TimeUnit.MINUTES)).as("uploads are done").isTrue();
        close();
        assertThat(failures).isEmpty();
        System.out.printf(
                "%s: the next upload took %.0f ms%n", after, (double) nanos.element() / 1e6);
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) { // the test is being given up
            Thread.currentThread().interrupt();
        }
    }

    private static double millis(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    private void run() {
        try {
            byte[] bytes = Client.bytes(1, BYTES);
            do {
                long started = System.nanoTime();
                upload(bytes);
                nanos.add(System.nanoTime() - started);
                least.countDown();
            } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (IOException | AssertionError | InterruptedException e) {
            failures.add(e.toString());
            for (int i = 0; i < LEAST; i++) {
                least.countDown();
            }
        }
    }

    private void upload(byte[] bytes) throws IOException {
        RawResponse answer = client.append(client.create(BYTES), 0, bytes);
        assertThat(answer.status()).as(answer + answer.text()).isEqualTo(204);
    }
}
