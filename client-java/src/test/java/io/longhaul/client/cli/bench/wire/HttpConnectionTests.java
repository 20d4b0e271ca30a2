package io.longhaul.client.cli.bench.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpConnectionTests {

    private static final Request HEAD = new Request("HEAD", "/files/a", "Host: test\r\n", 0);

    private final Payload payload = new Payload();
    private final Watchdog watchdog = Watchdog.start(Duration.ofSeconds(1));
    private ServerSocket server;
    private HttpConnection connection;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Address address = new Address(false, "127.0.0.1", server.getLocalPort());
        connection = new HttpConnection(address, watchdog, payload, new Scratch());
    }

    @AfterEach
    void close() throws IOException {
        watchdog.close();
        server.close();
    }

    @Test
    void sendsHeadAndBodyAsAsked() throws IOException {
        byte[] body = new byte[3];
        payload.first(3).get(body);
        String expected =
                "PATCH /files/a HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\n\r\n"
                        + new String(body, ISO_8859_1);
        var seen = onNext(socket -> receiveAndAnswer(socket, expected.length(), "204 No Content"));
        Response response =
                connection.exchange(new Request("PATCH", "/files/a", "Host: test\r\n", 3));
        assertThat(response.status()).isEqualTo(204);
        assertThat(seen.join()).isEqualTo(expected);
    }

    @Test
    void sendsBodyThatIsLongerThanItsBuffers() throws IOException {
        int length = 3 * Payload.SIZE + 1;
        Request request = new Request("PATCH", "/a", "", length);
        var seen =
                onNext(
                        socket ->
                                receiveAndAnswer(
                                        socket, request.head().length + length, "204 None"));
        assertThat(connection.exchange(request).status()).isEqualTo(204);
        assertThat(seen.join()).hasSize(request.head().length + length);
    }

    @Test
    void connectsAgainAfterTheServerClosed() throws IOException {
        int length = HEAD.head().length;
        var first =
                onNext(socket -> receiveAndAnswer(socket, length, "200 A\r\nConnection: close"));
        assertThat(connection.exchange(HEAD).statusLine()).isEqualTo("200 A");
        first.join();
        var second = onNext(socket -> receiveAndAnswer(socket, length, "200 B"));
        assertThat(connection.exchange(HEAD).statusLine()).isEqualTo("200 B");
        second.join();
    }

    @Test
    void givesUpWhenNothingMoves() {
        assertThatThrownBy(() -> connection.exchange(HEAD))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing moved for 1 s");
    }

    @Test
    void givesUpWhenTheServerDoesNotRead() {
        assertThatThrownBy(() -> connection.exchange(new Request("PATCH", "/a", "", 1L << 30)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing moved for 1 s");
    }

    @Test
    void tellsTheAnswerOfAServerThatStoppedReading() throws IOException {
        var seen = onNext(HttpConnectionTests::refuse);
        Response response = connection.exchange(new Request("PATCH", "/a", "", 64L << 20));
        assertThat(response.statusLine()).isEqualTo("413 Too Large");
        assertThat(seen.join()).startsWith("PATCH /a ");
    }

    @Test
    void hearsWhetherTheServerIsSilent() throws IOException {
        connection.begin(new Request("PATCH", "/a", "", 10));
        try (Socket accepted = server.accept()) {
            connection.send(ByteBuffer.wrap(new byte[1]));
            assertThat(accepted.isConnected()).isTrue();
            assertThat(connection.isSilent()).isTrue();
        }
        connection.close();
        assertThat(connection.isSilent()).isFalse();
    }

    private CompletableFuture<String> onNext(Conversation conversation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Socket socket = server.accept()) {
                        return conversation.with(socket);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static String receiveAndAnswer(Socket socket, int length, String answer)
            throws IOException {
        String received = new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
        socket.getOutputStream().write(("HTTP/1.1 " + answer + "\r\n\r\n").getBytes(ISO_8859_1));
        return received;
    }

    /** Answers after the head, then takes no more: what is sent from then on fails. */
    private static String refuse(Socket socket) throws IOException {
        String head = receiveAndAnswer(socket, 50, "413 Too Large\r\nContent-Length: 0");
        socket.shutdownInput();
        socket.shutdownOutput();
        return head;
    }

    private interface Conversation {
        String with(Socket socket) throws IOException;
    }
}
