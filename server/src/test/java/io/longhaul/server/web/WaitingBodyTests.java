package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.service.UploadBody;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** What a body that waits for its client keeps. */
final class WaitingBodyTests {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();

    /** What is seen of a request whose client sends so much and then goes on to wait. */
    private int seen(String sent, BodyServer.Look<Integer> look) throws Exception {
        return seen(sent, "", look);
    }

    /**
     * @param later what the client sends once it may go on
     */
    private int seen(String sent, String later, BodyServer.Look<Integer> look) throws Exception {
        return BodyServer.seen(
                pool,
                1_000_000,
                connection -> {
                    connection.send(sent);
                    if (!later.isEmpty()) {
                        assertThat(goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                        connection.send(later);
                    }
                },
                look,
                PATIENCE);
    }

    private static void takeAll(JettyBody body) throws IOException {
        while (body.next(Duration.ofMillis(200)) instanceof UploadBody.Bytes) {
            assertThat(body.ended()).isFalse();
        }
    }

    /** Nothing, then a few bytes. */
    private void waitForLittle(JettyBody body) throws IOException {
        assertThat(body.next(AT_ONCE)).isInstanceOf(UploadBody.Nothing.class);
        goOn.countDown();
        assertThat(body.next(PATIENCE)).isInstanceOf(UploadBody.Bytes.class);
        takeAll(body);
    }

    private static int readAtOnce(Request request) {
        return ((AbstractConnection) request.getConnectionMetaData().getConnection())
                .getInputBufferSize();
    }

    @Test
    void aLongPieceIsLentFromThePool() throws Exception {
        int held =
                seen(
                        "x".repeat(5_000),
                        (_, body) -> {
                            assertThat(body.next(PATIENCE)).isInstanceOf(UploadBody.Bytes.class);
                            return pool.getLeaks().size();
                        });

        assertThat(held).isEqualTo(1);
    }

    @Test
    void aShortPieceHoldsNoBufferWhileItIsDealtWith() throws Exception {
        int held =
                seen(
                        "hello",
                        (_, body) -> {
                            assertThat(body.next(PATIENCE)).isInstanceOf(UploadBody.Bytes.class);
                            return pool.getLeaks().size();
                        });

        assertThat(held).isZero();
    }

    @Test
    void whatCameWithTheHeadHoldsNoBufferBeforeItsFirstUse() throws Exception {
        int held =
                seen(
                        "hello",
                        (_, body) -> {
                            body.prefetch();
                            return pool.getLeaks().size();
                        });

        assertThat(held).isZero();
    }

    @Test
    void whatWasFetchedIsGivenBackUnread() throws Exception {
        int held =
                seen(
                        "x".repeat(5_000),
                        (request, body) -> {
                            body.prefetch();
                            body.close();
                            assertThat(request.read()).isNull();
                            return pool.getLeaks().size();
                        });

        assertThat(held).isZero();
    }

    @Test
    void oneThatWaitsHoldsNoBuffer() throws Exception {
        int held =
                seen(
                        "hello",
                        (_, body) -> {
                            takeAll(body);
                            return pool.getLeaks().size();
                        });

        assertThat(held).isZero();
    }

    @Test
    void oneThatWaitsBeforeItsFirstByteHoldsNoBuffer() throws Exception {
        int held =
                seen(
                        "",
                        (_, body) -> {
                            takeAll(body);
                            return pool.getLeaks().size();
                        });

        assertThat(held).isZero();
    }

    @Test
    void oneThatBringsLittleIsReadInSmallBuffers() throws Exception {
        int bytes =
                seen(
                        "",
                        "hello",
                        (request, body) -> {
                            waitForLittle(body);
                            return readAtOnce(request);
                        });

        assertThat(bytes).isLessThan(ReadSize.FIRST);
    }

    @Test
    void theNextRequestIsReadInLargerOnesAgain() throws Exception {
        int bytes =
                seen(
                        "",
                        "hello",
                        (request, body) -> {
                            waitForLittle(body);
                            assertThat(readAtOnce(request)).isLessThan(ReadSize.FIRST);
                            body.close();
                            return readAtOnce(request);
                        });

        assertThat(bytes).isEqualTo(ReadSize.FIRST);
    }

    @Test
    void isWokenFromItsWait() throws Exception {
        int pieces =
                seen(
                        "",
                        (_, body) -> {
                            Thread.startVirtualThread(body::wake);
                            assertThat(body.next(Duration.ofDays(1)))
                                    .isInstanceOf(UploadBody.Nothing.class);
                            return 0;
                        });

        assertThat(pieces).isZero();
    }

    @Test
    void hearsOfAWakeThatCameBefore() throws Exception {
        int woken =
                seen(
                        "",
                        (_, body) -> {
                            body.wake();
                            assertThat(body.next(Duration.ofDays(1)))
                                    .isInstanceOf(UploadBody.Nothing.class);
                            assertThat(body.next(AT_ONCE)).isInstanceOf(UploadBody.Nothing.class);
                            return 1;
                        });

        assertThat(woken).isEqualTo(1);
    }
}
