package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/**
 * Requests to the server of a test, each over a connection of its own, and beginnings of others.
 */
public record Client(int port) {

    public static final String OCTETS = "Content-Type: application/offset+octet-stream";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONG = 8 << 20;
    private static final int SMALL_RECEIVE_BUFFER = 4 << 10;

    /** Bytes that are the same for the same seed. */
    public static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static String head(String method, String path, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\n", headers) + "\n";
        return "%s %s HTTP/1.1\nHost: localhost\nTus-Resumable: 1.0.0\n%s"
                .formatted(method, path, more);
    }

    public static String appendHead(String path, long offset, String... headers) {
        return head("PATCH", path, headers) + "%s%nUpload-Offset: %d%n".formatted(OCTETS, offset);
    }

    public RawConnection connect() throws IOException {
        return RawConnection.to(port).timeout(PATIENCE);
    }

    /** A request without a body. */
    public RawResponse exchange(String method, String path, String... headers) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(head(method, path, headers));
        }
    }

    public RawResponse post(long length) throws IOException {
        return exchange("POST", "/files", "Upload-Length: " + length, "Content-Length: 0");
    }

    /** Creates an upload; its path. */
    public String create(long length) throws IOException {
        RawResponse answer = post(length);
        assertThat(answer.status()).as(answer + answer.text()).isEqualTo(201);
        return answer.required("Location");
    }

    public RawResponse append(String path, long offset, byte[] bytes, String... headers)
            throws IOException {
        try (RawConnection connection = beginAppend(path, offset, bytes.length, headers)) {
            return connection.send(bytes).read();
        }
    }

    /** The head of an append whose bytes the caller sends. */
    public RawConnection beginAppend(String path, long offset, long count, String... headers)
            throws IOException {
        return connect()
                .request(
                        appendHead(path, offset, headers)
                                + "Content-Length: %d%n".formatted(count));
    }

    /**
     * A complete upload of zeros, longer than what lies in the sockets between client and server.
     */
    public String createLong() throws IOException {
        String path = create(LONG);
        assertThat(append(path, 0, new byte[LONG]).status()).isEqualTo(204);
        return path;
    }

    /** A download whose body the caller reads, or does not. */
    public RawConnection beginDownload(String path) throws IOException {
        RawConnection reader = RawConnection.to(port, SMALL_RECEIVE_BUFFER).timeout(PATIENCE);
        reader.request(head("GET", path));
        assertThat(reader.readHead().status()).isEqualTo(200);
        return reader;
    }

    public long offset(String path) throws IOException {
        RawResponse answer = exchange("HEAD", path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return Long.parseLong(answer.required("Upload-Offset"));
    }

    public byte[] content(String path) throws IOException {
        RawResponse answer = exchange("GET", path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }
}
