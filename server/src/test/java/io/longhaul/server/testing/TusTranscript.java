package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The base of transcript tests: a server for the class, and the shortest way to say a request. The
 * lines that every tus request has are added to what is given.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TusTranscript {

    /** A setting that puts every upload into a file, for tests that look at those. */
    protected static final String STORED = "longhaul.inline-size=0";

    private final String[] settings;
    private TestServer server;
    private long writesBefore;

    @SuppressWarnings("NullAway.Init") // started before the first test
    protected TusTranscript(String... settings) {
        this.settings = settings;
    }

    @BeforeAll
    void startServer() {
        server = start(settings);
    }

    /** Starts the server; for tests that need more than settings. */
    protected TestServer start(String... all) {
        return TestServer.start(all);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    /** Stops the server as SIGTERM does and starts it again on the same data. */
    protected void restart() {
        server = TestServer.start(server.stop(), settings);
    }

    protected TestServer server() {
        return server;
    }

    protected RawConnection connect() throws IOException {
        return server.connect();
    }

    /** The head of a request with Host and Tus-Resumable; more header lines may follow. */
    protected static String head(String method, String path, String... headers) {
        StringBuilder head =
                new StringBuilder("%s %s HTTP/1.1\nHost: localhost\n".formatted(method, path))
                        .append("Tus-Resumable: 1.0.0\n");
        for (String header : headers) {
            head.append(header).append('\n');
        }
        return head.toString();
    }

    /** One request without a body on a connection of its own. */
    protected RawResponse exchange(String method, String path, String... headers)
            throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(head(method, path, headers));
        }
    }

    /** One request with a body on a connection of its own. */
    protected RawResponse exchange(String method, String path, byte[] body, String... headers)
            throws IOException {
        try (RawConnection connection = connect()) {
            connection.request(
                    head(method, path, headers) + "Content-Length: " + body.length + "\n");
            return connection.send(body).read();
        }
    }

    /** Creates an upload and returns its path. */
    protected String create(String... headers) throws IOException {
        writesBefore = writes();
        RawResponse response = exchange("POST", "/files", withEmptyBody(headers));
        assertThat(response.status()).as(response.toString()).isEqualTo(201);
        return response.required("Location");
    }

    /** Appends bytes at an offset. */
    protected RawResponse append(String path, long offset, byte[] bytes, String... headers)
            throws IOException {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type: application/offset+octet-stream";
        all[1] = "Upload-Offset: " + offset;
        return exchange("PATCH", path, bytes, all);
    }

    /** How often bytes were given to the content store. */
    private long writes() {
        Timer timer =
                server.part(MeterRegistry.class)
                        .find("longhaul.content")
                        .tag("operation", "write")
                        .timer();
        return timer == null ? 0 : timer.count();
    }

    /** Waits until bytes of the upload that was created last have come to the content store. */
    protected void awaitArrival() {
        await().until(() -> writes() > writesBefore);
    }

    protected RawResponse append(String path, long offset, String text, String... headers)
            throws IOException {
        return append(path, offset, text.getBytes(StandardCharsets.US_ASCII), headers);
    }

    /** Begins an append of so many bytes; sending them is left to the caller. */
    protected RawConnection beginAppend(String path, long offset, long count, String... headers)
            throws IOException {
        return connect()
                .request(
                        head("PATCH", path, headers)
                                + "Content-Type: application/offset+octet-stream\n"
                                + "Upload-Offset: %d%nContent-Length: %d%n"
                                        .formatted(offset, count));
    }

    /** The offset that HEAD tells. */
    protected long offset(String path) throws IOException {
        return Long.parseLong(exchange("HEAD", path).required("Upload-Offset"));
    }

    /** The content that GET gives. */
    protected byte[] content(String path) throws IOException {
        RawResponse response = exchange("GET", path);
        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        return response.body();
    }

    protected String text(String path) throws IOException {
        return new String(content(path), StandardCharsets.US_ASCII);
    }

    /** Where the server keeps the content of an upload that is not kept in its record. */
    protected Path contentFile(String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        return server.data().resolve("content").resolve(id.substring(0, 2)).resolve(id);
    }

    private static String[] withEmptyBody(String... headers) {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Length: 0";
        return all;
    }
}
