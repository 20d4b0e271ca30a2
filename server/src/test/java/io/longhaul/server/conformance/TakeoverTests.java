package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several requests want one upload: a newer one is served, unless the older is moving. */
final class TakeoverTests extends TusTranscript {

    /** A stall is a second; the rest is for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** More than a pool of threads of the usual size, 200, could bear. */
    private static final int STALLED = 300;

    private final List<RawConnection> open = new ArrayList<>();

    TakeoverTests() {
        super(STORED);
    }

    @AfterEach
    void closeConnections() throws IOException {
        for (RawConnection each : open) {
            each.close();
        }
        open.clear();
        await().until(() -> server().part(Holders.class).count() == 0);
    }

    /** An append of ten bytes that sends five and is silent from then on. */
    private RawConnection stalled(String path) throws IOException {
        RawConnection client = beginAppend(path, 0, 10).send("hello");
        open.add(client);
        awaitArrival();
        return client;
    }

    private SteadyAppend moving(String path, byte[] bytes, String... headers) throws IOException {
        RawConnection client = beginAppend(path, 0, bytes.length, headers);
        open.add(client);
        SteadyAppend append = SteadyAppend.begin(client, bytes, 1_000);
        awaitArrival();
        return append;
    }

    private static Duration time(Callable<?> action) throws Exception {
        long started = System.nanoTime();
        action.call();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Test
    void aNewAppendTakesOverFromAStalledOneAndWhatArrivedIsKept() throws Exception {
        String path = create("Upload-Length: 10");
        stalled(path);

        Duration taken = time(() -> assertServed(append(path, 5, "world")));

        assertThat(taken).isLessThan(SOON);
        assertThat(text(path)).isEqualTo("helloworld");
    }

    private static RawResponse assertServed(RawResponse response) {
        assertThat(response.status()).as(response.toString()).isEqualTo(204);
        return response;
    }

    @Test
    void headTellsWhatAStalledAppendBrought() throws Exception {
        String path = create("Upload-Length: 10");
        stalled(path);

        Duration taken = time(() -> assertThat(offset(path)).isEqualTo(5));

        assertThat(taken).isLessThan(SOON);
    }

    @Test
    void theClientThatStalledIsToldOrHungUpOn() throws Exception {
        String path = create("Upload-Length: 10");
        RawConnection first = stalled(path);
        append(path, 5, "world");

        try {
            RawResponse response = first.read();
            assertThat(response.status()).isEqualTo(423);
            assertThat(response.required("Retry-After")).isEqualTo("1");
        } catch (EOFException | SocketException _) {
            // It was hung up on, which says it as well.
        }
        first.close();
        assertThat(text(path)).isEqualTo("helloworld");
    }

    @Test
    void whatTheStalledClientSendsAfterwardsIsNotTaken() throws Exception {
        String path = create("Upload-Length: 10");
        RawConnection first = stalled(path);
        append(path, 5, "wor");

        try {
            first.send("XXXXX");
        } catch (SocketException _) {
            // It was hung up on already.
        }
        append(path, 8, "ld");

        assertThat(text(path)).isEqualTo("helloworld");
    }

    @Test
    void aHalfOpenConnectionIsTakenOverAsWell() throws Exception {
        String path = create("Upload-Length: 10");
        try (FlakyProxy proxy = FlakyProxy.to(server().port())) {
            RawConnection lost = RawConnection.to(proxy.port());
            open.add(lost);
            lost.request(
                            head("PATCH", path)
                                    + """
                                    Content-Type: application/offset+octet-stream
                                    Upload-Offset: 0
                                    Content-Length: 10
                                    """)
                    .send("hello");
            awaitArrival();
            proxy.stall();
            lost.close();

            assertThat(offset(path)).isEqualTo(5);
            assertThat(time(() -> assertServed(append(path, 5, "world")))).isLessThan(SOON);
        }
        assertThat(text(path)).isEqualTo("helloworld");
    }

    @Test
    void headIsFreshAndDoesNotDisturbAMovingAppend() throws Exception {
        byte[] bytes = TestBytes.random(1, 100_000);
        String path = create("Upload-Length: " + bytes.length);
        try (SteadyAppend append = moving(path, bytes)) {
            long first = offset(path);
            await().atMost(Duration.ofSeconds(5)).until(() -> offset(path) > first);
            assertThat(time(() -> offset(path))).isLessThan(Duration.ofMillis(1_500));

            assertThat(append.isAnswered()).isFalse();
            assertThat(first).isPositive();
            assertServed(append.hurry().answer().orElseThrow());
        }
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void aMovingAppendKeepsTheUpload() throws Exception {
        byte[] bytes = TestBytes.random(2, 100_000);
        String path = create("Upload-Length: " + bytes.length);
        try (SteadyAppend append = moving(path, bytes)) {
            long started = System.nanoTime();

            RawResponse refused = append(path, 5_000, "not these");

            assertThat(refused.status()).as(refused.text()).isEqualTo(423);
            assertThat(refused.text()).startsWith("upload-held");
            assertThat(refused.required("Retry-After")).isEqualTo("1");
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(5));
            assertThat(append.isAnswered()).isFalse();
            assertServed(append.hurry().answer().orElseThrow());
        }
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void aRepeatedAppendEndsTheEarlierOneEvenWhileItIsMoving() throws Exception {
        byte[] bytes = TestBytes.random(4, 100_000);
        String path = create("Upload-Length: " + bytes.length);
        try (SteadyAppend append = moving(path, bytes, "Idempotency-Key: one")) {
            long started = System.nanoTime();

            RawResponse repeated = append(path, 0, bytes, "Idempotency-Key: one");

            assertThat(repeated.status()).as(repeated.text()).isEqualTo(409);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
            long kept = Long.parseLong(repeated.required("Upload-Offset"));
            assertThat(kept).isPositive().isEqualTo(offset(path));
            assertThat(append.answer()).as("hung up on, without an answer").isEmpty();
            byte[] rest = Arrays.copyOfRange(bytes, (int) kept, bytes.length);
            assertServed(append(path, kept, rest, "Idempotency-Key: two"));
        }
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void anAppendOfAnotherNameLeavesTheMovingOneAlone() throws Exception {
        byte[] bytes = TestBytes.random(5, 100_000);
        String path = create("Upload-Length: " + bytes.length);
        try (SteadyAppend append = moving(path, bytes, "Idempotency-Key: one")) {
            await().until(() -> offset(path) > 0);

            RawResponse other = append(path, 0, bytes, "Idempotency-Key: two");

            assertThat(other.status()).as(other.text()).isEqualTo(409);
            assertThat(append.isAnswered()).isFalse();
            assertServed(append.hurry().answer().orElseThrow());
        }
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void aTerminationIsServedAtOnceEvenWhileAnAppendIsMoving() throws Exception {
        byte[] bytes = TestBytes.random(3, 100_000);
        String path = create("Upload-Length: " + bytes.length);
        try (SteadyAppend append = moving(path, bytes)) {

            assertThat(time(() -> assertServed(exchange("DELETE", path)))).isLessThan(SOON);

            assertThat(exchange("HEAD", path).status()).isEqualTo(410);
            await().atMost(Duration.ofSeconds(5)).until(append::isAnswered);
        }
    }

    @Test
    void ofFiftyThatRaceOneWins() throws Exception {
        String path = create("Upload-Length: 65536");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<RawResponse>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                byte[] bytes = TestBytes.random(i, 65_536);
                answers.add(
                        clients.submit(
                                () -> {
                                    start.await();
                                    return append(path, 0, bytes);
                                }));
            }
            start.countDown();
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<RawResponse> answer : answers) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsOnlyOnce(204).isSubsetOf(204, 409, 423);
        assertThat(content(path)).isEqualTo(TestBytes.random(statuses.indexOf(204), 65_536));
    }

    @Test
    void readingIsQuickWhileManyUploadsStall() throws Exception {
        String complete = create("Upload-Length: 5");
        append(complete, 0, "hello");
        String incomplete = create("Upload-Length: 5");
        for (int i = 0; i < STALLED; i++) {
            open.add(beginAppend(create("Upload-Length: 10"), 0, 10).send("hello"));
        }
        await().until(() -> server().part(Holders.class).count() == STALLED);

        assertThat(time(() -> content(complete))).isLessThan(Duration.ofSeconds(1));
        assertThat(time(() -> offset(incomplete))).isLessThan(Duration.ofSeconds(1));
        assertThat(time(() -> assertServed(append(incomplete, 0, "hello"))))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aTakeoverFromARequestWithAChecksumKeepsNothingOfIt() throws Exception {
        byte[] bytes = "helloworld".getBytes(US_ASCII);
        String path = create("Upload-Length: 10");
        RawConnection first =
                beginAppend(path, 0, 10, "Upload-Checksum: " + Sha1.of(bytes))
                        .send(Arrays.copyOf(bytes, 5));
        open.add(first);
        awaitArrival();

        assertServed(append(path, 0, "HELLO"));

        assertThat(offset(path)).isEqualTo(5);
        append(path, 5, "WORLD");
        assertThat(text(path)).isEqualTo("HELLOWORLD");
    }
}
