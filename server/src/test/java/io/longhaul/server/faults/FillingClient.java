package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Uploads small and large ones until all are complete, however often there is no room. */
final class FillingClient {

    private static final int UPLOADS = 5;
    private static final int LENGTH = 1 << 20;
    private static final int PIECE = 300_000;
    private static final long PAUSE_MILLIS = 100;

    private final Client client;
    private final int number;
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<String> paths = new ArrayList<>();

    FillingClient(Client client, int number) {
        this.client = client;
        this.number = number;
    }

    /** How often it was told that there is no room. */
    int refusals() {
        return refusals.get();
    }

    void work() {
        try {
            for (int i = 0; i < UPLOADS; i++) {
                upload(content(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void assertComplete() throws IOException {
        for (int i = 0; i < UPLOADS; i++) {
            assertThat(client.content(paths.get(i))).isEqualTo(content(i));
        }
    }

    private byte[] content(int upload) {
        return Client.bytes(100L * number + upload, LENGTH);
    }

    private void upload(byte[] bytes) throws IOException, InterruptedException {
        String path = created();
        long acknowledged = 0;
        while (acknowledged < bytes.length) {
            int from = Math.toIntExact(acknowledged);
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
            RawResponse answer = client.append(path, from, piece);
            long offset = client.offset(path);
            if (answer.status() == 204) {
                assertThat(offset).isEqualTo(from + piece.length);
            } else {
                refused(answer);
            }
            assertThat(offset).isGreaterThanOrEqualTo(acknowledged);
            acknowledged = offset;
        }
    }

    private String created() throws IOException, InterruptedException {
        RawResponse answer = client.post(LENGTH);
        while (answer.status() != 201) {
            refused(answer);
            answer = client.post(LENGTH);
        }
        paths.add(answer.required("Location"));
        return paths.getLast();
    }

    private void refused(RawResponse answer) throws InterruptedException {
        assertThat(answer.status()).as(answer + answer.text()).isEqualTo(507);
        assertThat(answer.required("Retry-After")).isEqualTo("5");
        refusals.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
}
