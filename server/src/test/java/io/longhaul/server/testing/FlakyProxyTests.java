package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FlakyProxyTests {

    private final Queue<Character> arrived = new ConcurrentLinkedQueue<>();
    private ServerSocket echo;
    private FlakyProxy proxy;

    @BeforeEach
    void startEchoServer() throws IOException {
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        proxy = FlakyProxy.to(echo.getLocalPort());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stopEchoServer() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void forwardsBothWaysUntilTheClientIsDone() throws IOException {
        try (var client = connect()) {
            send(client, "hello");
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
        }
    }

    @Test
    void leadsToAnotherServer() throws IOException {
        try (var other = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                var open = connect()) {
            send(open, "x");
            assertThat(open.getInputStream().read()).isEqualTo('x');

            proxy.leadTo(other.getLocalPort());

            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> open.getInputStream().readAllBytes());
            try (var client = connect();
                    var led = other.accept()) {
                send(client, "x");
                assertThat(led.getInputStream().read()).isEqualTo('x');
            }
        }
    }

    @Test
    void cutsConnectionsInTurnByResetAndByClose() throws IOException {
        proxy.cutAfter(3);

        try (var reset = connect()) {
            send(reset, "hel");
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> reset.getInputStream().readAllBytes());
        }
        try (var closed = connect()) {
            send(closed, "hel");
            assertThat(closed.getInputStream().readAllBytes()).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(proxy.cuts()).isEqualTo(2);
    }

    @Test
    void stallsOpenConnectionsSilentlyAndServesNewOnes() throws IOException {
        try (var stalled = connect()) {
            send(stalled, "a");
            assertThat(stalled.getInputStream().read()).isEqualTo('a');
            proxy.stall();
            stalled.setSoTimeout(200);
            send(stalled, "b");
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> stalled.getInputStream().read());
        }
        try (var fresh = connect()) {
            send(fresh, "c");
            assertThat(fresh.getInputStream().read()).isEqualTo('c');
        }
    }

    @Test
    void deliversWhatItHeldWhenItReleasesEvenAfterTheSenderHasGone() throws IOException {
        proxy.hold();
        try (var left = connect()) {
            send(left, "a");
        }
        try (var waiting = connect()) {
            send(waiting, "b");
            waiting.setSoTimeout(200);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> waiting.getInputStream().read());
            assertThat(arrived).isEmpty();

            proxy.release();

            waiting.setSoTimeout(5_000);
            assertThat(waiting.getInputStream().read()).isEqualTo('b');
            await().untilAsserted(() -> assertThat(arrived).containsExactlyInAnyOrder('a', 'b'));
        }
    }

    @Test
    void catchesARequest() throws Exception {
        Trap trap = proxy.catchRequest(line -> line.equals("PUT /b HTTP/1.1"));
        try (var other = connect();
                var caught = connect()) {
            send(other, "PUT /a HTTP/1.1\r\n");
            assertThat(other.getInputStream().readNBytes(17)).hasSize(17);
            send(caught, "PUT /b HTTP/1.1\r\n");
            trap.await();

            send(other, "PUT /b HTTP/1.1\r\n");
            assertThat(other.getInputStream().readNBytes(17)).hasSize(17);
            proxy.close();
            assertThat(arrived).hasSize(2 * 17);
        }
    }

    @Test
    void catchesAnAnswer() throws Exception {
        Trap trap = proxy.catchAnswer(line -> line.startsWith("PUT /b"));
        try (var client = connect()) {
            client.setSoTimeout(100);
            send(client, "PUT /b HTTP/1.1\r\n");
            trap.await();

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> client.getInputStream().read());
            assertThat(arrived).isNotEmpty();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                arrived.add((char) next);
                socket.getOutputStream().write(next);
            }
        } catch (SocketException _) {
            // The proxy reset the connection, as it should.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
