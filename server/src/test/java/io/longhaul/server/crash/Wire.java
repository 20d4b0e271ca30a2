package io.longhaul.server.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.io.output.NullOutputStream;

/** Requests to the server, each over a connection of its own. */
record Wire(int port) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How a request with a body is sent. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
    record Body(byte[] bytes, boolean chunked) {}

    RawResponse exchange(String method, String path, String headers) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(head(method, path, headers));
        }
    }

    /** Sends a request whole and reads its answer. */
    RawResponse exchange(String method, String path, String headers, Body body, Random random)
            throws IOException {
        try (RawConnection connection = connect()) {
            begin(connection, method, path, headers, body);
            send(connection, body, body.bytes().length, random);
            if (body.chunked()) {
                connection.send("0\r\n\r\n");
            }
            return connection.read();
        }
    }

    /** Sends the first bytes of a body and breaks the connection off. */
    void breakOff(String method, String path, String headers, Body body, int sent, Random random)
            throws IOException {
        try (RawConnection connection = connect()) {
            begin(connection, method, path, headers, body);
            send(connection, body, sent, random);
            connection.reset();
        }
    }

    /** The digest of what an upload's content is downloaded as. */
    byte[] download(String path, long length) throws IOException {
        try (RawConnection connection = connect()) {
            connection.request(head("GET", path, ""));
            RawResponse answer = connection.readHead();
            if (answer.status() != 200
                    || Long.parseLong(answer.required("Content-Length")) != length) {
                throw new AssertionError("%s of length %d: %s".formatted(path, length, answer));
            }
            MessageDigest digest = Bytes.sha256Digest();
            connection.copyBytes(length, new DigestOutputStream(NullOutputStream.INSTANCE, digest));
            return digest.digest();
        }
    }

    private RawConnection connect() throws IOException {
        return RawConnection.to(port).timeout(PATIENCE);
    }

    private static void begin(
            RawConnection connection, String method, String path, String headers, Body body)
            throws IOException {
        String framing =
                body.chunked()
                        ? "Transfer-Encoding: chunked\n"
                        : "Content-Length: %d\n".formatted(body.bytes().length);
        connection.request(head(method, path, headers + framing));
    }

    private static void send(RawConnection connection, Body body, int count, Random random)
            throws IOException {
        int sent = 0;
        while (sent < count) {
            int end = Math.min(count, sent + 1 + random.nextInt(64 << 10));
            byte[] piece = Arrays.copyOfRange(body.bytes(), sent, end);
            connection.send(body.chunked() ? chunk(piece) : piece);
            sent = end;
        }
    }

    private static byte[] chunk(byte[] piece) {
        byte[] size = "%x\r\n".formatted(piece.length).getBytes(US_ASCII);
        byte[] chunk = Arrays.copyOf(size, size.length + piece.length + 2);
        System.arraycopy(piece, 0, chunk, size.length, piece.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    private static String head(String method, String path, String headers) {
        return "%s %s HTTP/1.1\nHost: localhost\nTus-Resumable: 1.0.0\n%s"
                .formatted(method, path, headers);
    }
}
