package io.longhaul.client.cli.bench.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ResponseReaderTests {

    private static final boolean TO_HEAD = true;
    private static final boolean TO_OTHER = false;

    @Test
    void readsStatusAndHeadersWithoutRegardToCase() throws IOException {
        Response response =
                read("HTTP/1.1 201 Created\r\nLOCATION:  /files/a \r\nContent-Length: 0\r\n\r\n");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.statusLine()).isEqualTo("201 Created");
        assertThat(response.header("Location")).contains("/files/a");
        assertThat(response.header("Loc")).isEmpty();
    }

    @Test
    void readsNumbersAndRefusesOthers() throws IOException {
        Response response =
                read("HTTP/1.1 204 No Content\r\nUpload-Offset: 10\r\nUpload-Length: x\r\n\r\n");
        assertThat(response.number("Upload-Offset")).isEqualTo(10);
        assertThat(response.number("Tus-Max-Size")).isEqualTo(-1);
        assertThatThrownBy(() -> response.number("Upload-Length"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("x");
    }

    @Test
    void passesOverInterimAnswers() throws IOException {
        Response response =
                read(
                        lines(
                                "HTTP/1.1 100 Continue",
                                "",
                                "HTTP/1.1 104 Upload Resumption Supported",
                                "Upload-Offset: 3",
                                "",
                                "HTTP/1.1 204 No Content",
                                "Upload-Offset: 5",
                                ""));
        assertThat(response.number("Upload-Offset")).isEqualTo(5);
    }

    @Test
    void countsBodyOfKnownLength() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").bodyLength())
                .isEqualTo(5);
    }

    @Test
    void countsChunkedBodyWithExtensionsAndTrailers() throws IOException {
        Response response =
                read(
                        lines(
                                "HTTP/1.1 200 OK",
                                "Transfer-Encoding: chunked",
                                "",
                                "5;name=value",
                                "hello",
                                "A",
                                "0123456789",
                                "0",
                                "Digest: x",
                                ""));
        assertThat(response.bodyLength()).isEqualTo(15);
    }

    @Test
    void countsBodyUpToTheEndOfTheConnection() throws IOException {
        var reader = reader("HTTP/1.1 200 OK\r\n\r\nhello", 2);
        assertThat(reader.read(TO_OTHER).bodyLength()).isEqualTo(5);
        assertThat(reader.endsWithConnection()).isTrue();
    }

    @Test
    void expectsNoBodyAfterHead() throws IOException {
        Response response =
                reader("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 99).read(TO_HEAD);
        assertThat(response.bodyLength()).isZero();
    }

    @Test
    void keepsConnectionUnlessTheServerClosesIt() throws IOException {
        String noBody = "Content-Length: 0\r\n\r\n";
        assertThat(read("HTTP/1.1 200 OK\r\n" + noBody).keepsConnection()).isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\nConnection: close\r\n" + noBody).keepsConnection())
                .isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\n" + noBody).keepsConnection()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + noBody).keepsConnection())
                .isTrue();
    }

    @Test
    void refusesBytesAfterTheAnswer() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("1 bytes more than the answer");
    }

    @Test
    void refusesWhatIsNotHttp() {
        assertThatThrownBy(() -> read("SSH-2.0-OpenSSH_9.6\r\n\r\n"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("SSH-2.0-OpenSSH_9.6");
        assertThatThrownBy(() -> read("HTTP/1.1 abc\r\n\r\n"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesBrokenChunks() {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThatThrownBy(() -> read(head + "xyz\r\n")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read(head + "1\r\nab\r\n0\r\n\r\n"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesHeadWithoutEnd() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void failsWhenTheConnectionEndsWithinAnAnswer() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Le"))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"))
                .isInstanceOf(EOFException.class);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** Reads it at once and byte by byte, which must not make a difference. */
    private static Response read(String answer) throws IOException {
        Response whole = reader(answer, answer.length()).read(TO_OTHER);
        Response piecemeal = reader(answer, 1).read(TO_OTHER);
        assertThat(piecemeal.status()).isEqualTo(whole.status());
        assertThat(piecemeal.bodyLength()).isEqualTo(whole.bodyLength());
        return piecemeal;
    }

    private static ResponseReader reader(String answer, int step) {
        return new ResponseReader(
                new ScriptedWire(answer.getBytes(ISO_8859_1), step),
                ByteBuffer.allocate(256 * 1024));
    }

    /** Gives a few bytes at each read. */
    private static final class ScriptedWire implements Wire {

        private final ByteBuffer bytes;
        private final int step;

        ScriptedWire(byte[] bytes, int step) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.step = step;
        }

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(Math.min(step, bytes.remaining()), target.remaining());
            if (!bytes.hasRemaining()) {
                return -1;
            }
            target.put(bytes.duplicate().limit(bytes.position() + count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public void write(ByteBuffer ignored) {
            throw new IllegalStateException("nothing is sent here");
        }

        @Override
        public boolean isSilent() {
            return false;
        }

        @Override
        public void close() {}
    }
}
