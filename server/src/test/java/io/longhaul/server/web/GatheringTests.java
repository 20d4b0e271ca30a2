package io.longhaul.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.service.UploadBody;
import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a slow body brings while its reader sleeps on. */
@Timeout(60)
final class GatheringTests {

    private static final Duration SHORT = Duration.ofMillis(300);

    /** Long enough for what a test sends meanwhile. */
    private static final Duration AMPLE = Duration.ofSeconds(4);

    private static final Duration LONG = Duration.ofDays(1);

    private static final Duration LIMIT = Duration.ofSeconds(50);

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final AtomicInteger arrivals = new AtomicInteger();

    @FunctionalInterface
    private interface Story {
        void tell(JettyBody body, RawConnection client) throws IOException;
    }

    /** Runs in a handler, after the body's first five bytes and a pause. */
    private void afterAPause(int length, Story story) throws Exception {
        CompletableFuture<RawConnection> client = new CompletableFuture<>();
        BodyServer.Look<Boolean> look =
                (_, body) -> {
                    assertThat(text(body.next(LONG))).isEqualTo("hello");
                    assertThat(body.next(Duration.ofMillis(50)))
                            .isInstanceOf(UploadBody.Nothing.class);
                    story.tell(body, client.join());
                    return true;
                };
        BodyServer.Sending sending =
                connection -> {
                    connection.send("hello");
                    client.complete(connection);
                };
        assertThat(BodyServer.seen(pool, length, sending, look, LIMIT)).isTrue();
    }

    private static String text(UploadBody.Piece piece) {
        return piece instanceof UploadBody.Bytes(var bytes)
                ? US_ASCII.decode(bytes).toString()
                : piece.getClass().getSimpleName();
    }

    private UploadBody.Piece gather(JettyBody body, Duration patience) throws IOException {
        return body.gather(patience, arrivals::incrementAndGet);
    }

    /** Sends, each text once the one before has arrived. */
    private CompletableFuture<Void> sending(RawConnection client, String... texts) {
        int before = arrivals.get();
        return CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < texts.length; i++) {
                        int earlier = before + i;
                        await().until(() -> arrivals.get() >= earlier);
                        try {
                            client.send(texts[i]);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                },
                Thread::startVirtualThread);
    }

    private static void close(RawConnection client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFewBytesAreGivenTogetherWhenPatienceEnds() throws Exception {
        afterAPause(
                1000,
                (body, client) -> {
                    CompletableFuture<Void> sent = sending(client, "a", "bc", "d");
                    long started = System.nanoTime();

                    assertThat(text(gather(body, AMPLE))).isEqualTo("abcd");
                    assertThat(Duration.ofNanos(System.nanoTime() - started))
                            .isGreaterThanOrEqualTo(AMPLE);
                    assertThat(arrivals.get()).isEqualTo(3);
                    assertThat(body.received()).isEqualTo(9);
                    sent.join();
                });
    }

    @Test
    void withoutAnyThereIsNothing() throws Exception {
        afterAPause(1000, (body, _) -> assertThat(text(gather(body, SHORT))).isEqualTo("Nothing"));
    }

    @Test
    void enoughOfThemAreGivenAtOnceAndInOrder() throws Exception {
        String many = "x".repeat(GatheredBytes.SIZE);
        afterAPause(
                10_000,
                (body, client) -> {
                    CompletableFuture<Void> sent = sending(client, "ab", many + "y");

                    StringBuilder all = new StringBuilder(text(gather(body, LONG)));
                    assertThat(all.toString()).isEqualTo("ab");
                    while (all.length() < many.length() + 3) {
                        all.append(text(body.next(LONG)));
                    }
                    assertThat(all.toString()).isEqualTo("ab" + many + "y");
                    sent.join();
                });
    }

    @Test
    void theEndIsGivenAtOnce() throws Exception {
        afterAPause(
                8,
                (body, client) -> {
                    CompletableFuture<Void> sent = sending(client, "a", "bc");

                    assertThat(text(gather(body, LONG))).isEqualTo("abc");
                    assertThat(text(gather(body, LONG))).isEqualTo("End");
                    sent.join();
                });
    }

    @Test
    void whatCameBeforeACutIsGivenBeforeIt() throws Exception {
        afterAPause(
                1000,
                (body, client) -> {
                    CompletableFuture<Void> closed =
                            sending(client, "a")
                                    .thenRun(() -> await().until(() -> arrivals.get() == 1))
                                    .thenRun(() -> close(client));

                    assertThat(text(gather(body, LONG))).isEqualTo("a");
                    assertThatIOException().isThrownBy(() -> gather(body, LONG));
                    closed.join();
                });
    }

    @Test
    void aWakeGivesWhatThereIs() throws Exception {
        afterAPause(
                1000,
                (body, client) -> {
                    CompletableFuture<Void> woken =
                            sending(client, "abc")
                                    .thenRun(() -> await().until(() -> arrivals.get() == 1))
                                    .thenRun(body::wake);

                    assertThat(text(gather(body, LONG))).isEqualTo("abc");
                    woken.join();
                    assertThat(text(gather(body, SHORT))).isEqualTo("Nothing");
                });
    }

    @Test
    void aReaderThatNeedsThemHasThemAtOnceAgain() throws Exception {
        afterAPause(
                1000,
                (body, client) -> {
                    CompletableFuture<Void> sent = sending(client, "abc");
                    assertThat(text(gather(body, AMPLE))).isEqualTo("abc");
                    sent.join();

                    client.send("de");
                    assertThat(text(body.next(LONG))).isEqualTo("de");
                    assertThat(arrivals.get()).isEqualTo(1);
                });
    }

    @Test
    void whatIsGatheredHoldsNoBuffer() throws Exception {
        afterAPause(
                1000,
                (body, client) -> {
                    CompletableFuture<Integer> held =
                            sending(client, "abc")
                                    .thenRun(() -> await().until(() -> arrivals.get() == 1))
                                    .thenApply(_ -> pool.getLeaks().size());

                    assertThat(text(gather(body, AMPLE))).isEqualTo("abc");
                    assertThat(held.join()).isZero();
                });
    }
}
