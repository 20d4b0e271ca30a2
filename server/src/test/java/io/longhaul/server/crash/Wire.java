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
import org.jspecify.annotations.Nullable;

/** Requests to the server, each over a connection of its own. */
record Wire(int port) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_PIECE = 64 << 10;

    /**
     * How a request with a body is sent.
     *
     * @param trailer the value of a checksum behind the bytes, of a chunked body; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
    record Body(byte[] bytes, boolean chunked, @Nullable String trailer) {}

    /** A request with a body. */
    record Request(String method, String path, String headers, Body body) {}

    /** Is told how much of a body has been sent, before the next piece is. */
    interface Progress {
        void sent(int count) throws IOException;
    }

    RawResponse exchange(String method, String path, String headers) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(head(method, path, headers));
        }
    }

    /** Sends a request whole and reads its answer. */
    RawResponse exchange(Request request, Random random) throws IOException {
        return exchange(request, random, _ -> {});
    }

    /** The same, with somebody looking on. */
    RawResponse exchange(Request request, Random random, Progress progress) throws IOException {
        Body body = request.body();
        try (RawConnection connection = connect()) {
            begin(connection, request);
            send(connection, body, body.bytes().length, random, progress);
            if (body.chunked()) {
                String trailer = body.trailer();
                connection.send(
                        trailer == null
                                ? "0\r\n\r\n"
                                : "0\r\nUpload-Checksum: %s\r\n\r\n".formatted(trailer));
            }
            return connection.read();
        }
    }

    /** Sends the first bytes of a body and breaks the connection off. */
    void breakOff(Request request, int sent, Random random) throws IOException {
        try (RawConnection connection = begin(request, sent, random)) {
            connection.reset();
        }
    }

    /** Sends the first bytes of a body; the connection stays as it is. */
    RawConnection begin(Request request, int sent, Random random) throws IOException {
        RawConnection connection = connect();
        try {
            begin(connection, request);
            send(connection, request.body(), sent, random, _ -> {});
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
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

    private static void begin(RawConnection connection, Request request) throws IOException {
        Body body = request.body();
        String framing =
                body.chunked()
                        ? "Transfer-Encoding: chunked\n"
                        : "Content-Length: %d\n".formatted(body.bytes().length);
        String announced = body.trailer() == null ? "" : "Trailer: Upload-Checksum\n";
        connection.request(
                head(request.method(), request.path(), request.headers() + framing + announced));
    }

    private static void send(
            RawConnection connection, Body body, int count, Random random, Progress progress)
            throws IOException {
        // A long body goes faster, so that it gets to where the server checkpoints by itself.
        int longest = Math.max(LONGEST_PIECE, body.bytes().length / 64);
        int sent = 0;
        while (sent < count) {
            progress.sent(sent);
            int end = Math.min(count, sent + 1 + random.nextInt(longest));
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
