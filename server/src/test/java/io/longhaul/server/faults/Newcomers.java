package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients that come while the server stops: they create uploads until it is gone. */
final class Newcomers implements AutoCloseable {

    private static final long PAUSE_MILLIS = 1;

    private final Client client;
    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private final Queue<RawResponse> refused = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads;

    private Newcomers(Client client) {
        this.client = client;
        threads =
                List.of(Thread.startVirtualThread(this::run), Thread.startVirtualThread(this::run));
    }

    static Newcomers start(Client client) {
        return new Newcomers(client);
    }

    /** What was created is there, and the others were told to come back or not heard at all. */
    void assertToldTheTruth() throws Exception {
        close();
        for (String path : created) {
            assertThat(client.offset(path)).isZero();
        }
        for (RawResponse answer : refused) {
            assertThat(answer.status()).as(answer + answer.text()).isEqualTo(503);
            assertThat(answer.required("Retry-After")).isEqualTo("5");
        }
        System.out.printf(
                "Newcomers: %d created an upload, %d were told to come back%n",
                created.size(), refused.size());
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) { // the test is being given up
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                RawResponse answer = client.post(1);
                if (answer.status() == 201) {
                    created.add(answer.required("Location"));
                } else {
                    refused.add(answer);
                }
            }
        } catch (IOException | InterruptedException _) {
            // Refused: nobody listens any more.
        }
    }
}
