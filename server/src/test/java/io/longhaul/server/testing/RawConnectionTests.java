package io.longhaul.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawConnectionTests {

    private ServerSocket listener;
    private RawConnection connection;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection = RawConnection.to(listener.getLocalPort());
        server = listener.accept();
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
        listener.close();
    }

    private void serverSends(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(UTF_8));
    }

    @Test
    void sendsTheLinesOfAHeadWithCrLf() throws IOException {
        connection
                .request(
                        """
                        GET / HTTP/1.1
                        Host: localhost
                        """)
                .halfClose();

        assertThat(server.getInputStream().readAllBytes())
                .asString(UTF_8)
                .isEqualTo("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    @Test
    void readsABodyOfALengthAndKeepsWhatFollows() throws IOException {
        serverSends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: 1\r\na: 2\r\n\r\nhello");
        serverSends("HTTP/1.1 204 No Content\r\nLocation: /x\r\n\r\n");

        RawResponse first = connection.read();
        RawResponse second = connection.read();

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).isEqualTo("hello");
        assertThat(first.headers("A")).containsExactly("1", "2");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> first.header("A"));
        assertThat(second.status()).isEqualTo(204);
        assertThat(second.header("location")).isEqualTo("/x");
        assertThat(second.header("A")).isNull();
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> second.required("A"));
    }

    @Test
    void readsChunksAndTrailers() throws IOException {
        serverSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        serverSends("5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nDigest: abc\r\n\r\n");

        RawResponse response = connection.read();

        assertThat(response.text()).isEqualTo("hello0123456789");
        assertThat(response.trailer("Digest")).isEqualTo("abc");
    }

    @Test
    void keepsInterimAnswersWithTheFinalOne() throws IOException {
        serverSends("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 104 Upload Resumption Supported\r\n");
        serverSends("Upload-Offset: 3\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");

        RawResponse response = connection.read();

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.interim()).extracting(RawResponse::status).containsExactly(100, 104);
        assertThat(response.interim().getLast().header("Upload-Offset")).isEqualTo("3");
    }

    @Test
    void readsAnInterimAnswerByItself() throws IOException {
        serverSends("HTTP/1.1 100 Continue\r\n\r\n");

        assertThat(connection.readInterim().status()).isEqualTo(100);
    }

    @Test
    void readsNoBodyAfterHead() throws IOException {
        serverSends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        serverSends("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        RawResponse first = connection.exchange("HEAD / HTTP/1.1\nHost: localhost");

        assertThat(first.header("Content-Length")).isEqualTo("5");
        assertThat(first.body()).isEmpty();
        assertThat(connection.read().status()).isEqualTo(404);
    }

    @Test
    void readsABodyUntilTheServerCloses() throws IOException {
        serverSends("HTTP/1.1 200 OK\r\n\r\nto the end");
        server.close();

        assertThat(connection.read().text()).isEqualTo("to the end");
        assertThat(connection.isClosedByServer()).isTrue();
    }

    @Test
    void saysWhenABodyIsCutOff() throws IOException {
        serverSends("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello");
        server.close();

        assertThatExceptionOfType(EOFException.class).isThrownBy(connection::read);
    }

    @Test
    void refusesLinesWithoutCr() throws IOException {
        serverSends("HTTP/1.1 200 OK\nContent-Length: 0\n\n");

        assertThatIOException().isThrownBy(connection::read).withMessageContaining("without CR");
    }

    @Test
    void tellsOpenFromClosedAndFromMoreBytes() throws IOException {
        connection.timeout(Duration.ofMillis(50));
        assertThat(connection.isClosedByServer()).isFalse();

        serverSends("x");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(connection::isClosedByServer);

        server.setSoLinger(true, 0);
        server.close();
        assertThat(connection.isClosedByServer()).isTrue();
    }

    @Test
    void stillReadsAfterHalfClose() throws IOException {
        connection.send("abc").halfClose();
        assertThat(server.getInputStream().readAllBytes()).hasSize(3);

        serverSends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        assertThat(connection.read().text()).isEqualTo("ok");
    }

    @Test
    void resetIsSeenAsAReset() throws IOException {
        connection.reset();

        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> server.getInputStream().read())
                .withMessageContaining("reset");
    }
}
