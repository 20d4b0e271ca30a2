package io.longhaul.server.power;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Requests for uploads, each over a connection of its own, whose answers are put down as claims.
 * Thread-safe, but for each upload.
 */
final class UploadTraffic {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OCTETS = "Content-Type: application/offset+octet-stream\n";

    private final int port;
    private final List<SentUpload> uploads = new CopyOnWriteArrayList<>();

    UploadTraffic(int port) {
        this.port = port;
    }

    List<SentUpload> uploads() {
        return List.copyOf(uploads);
    }

    static byte[] content(int length, Random random) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    /** Creates an upload, with some of its bytes when there are any. */
    SentUpload create(byte[] content, String headers, int first) throws IOException {
        try (RawConnection connection = connect()) {
            String body = first == 0 ? "" : OCTETS;
            connection.request(
                    "POST /files HTTP/1.1\nHost: h\nTus-Resumable: 1.0.0\n%s%sContent-Length: %d"
                            .formatted(headers, body, first));
            connection.send(Arrays.copyOf(content, first));
            RawResponse answer = expect(connection.read(), 201);
            SentUpload upload = new SentUpload(answer.required("Location"), content);
            uploads.add(upload);
            upload.claim(connection.localPort(), first);
            return upload;
        }
    }

    /** Makes a final upload of partial ones that are complete. */
    SentUpload concatenate(List<SentUpload> parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.content()));
        String paths = String.join(" ", parts.stream().map(SentUpload::path).toList());
        SentUpload made =
                create(all.toByteArray(), "Upload-Concat: final;%s\n".formatted(paths), 0);
        head(made);
        return made;
    }

    /** Sends bytes up to an offset and reads the answer. */
    void append(SentUpload upload, int from, int to, boolean checksum, String more)
            throws IOException {
        byte[] bytes = Arrays.copyOfRange(upload.content(), from, to);
        String headers = more + (checksum ? checksum(bytes) : "");
        try (RawConnection connection = connect()) {
            begin(connection, upload, from, bytes.length, headers).send(bytes);
            appended(upload, connection);
        }
    }

    /** Asks for the offset in the middle of an append, which so becomes durable. */
    void appendAskingMidway(SentUpload upload, int from, int to) throws IOException {
        int middle = (from + to) / 2;
        try (RawConnection connection = connect()) {
            begin(connection, upload, from, to - from, "")
                    .send(Arrays.copyOfRange(upload.content(), from, middle));
            head(upload);
            connection.send(Arrays.copyOfRange(upload.content(), middle, to));
            appended(upload, connection);
        }
    }

    /**
     * Breaks an append off, asks what arrived, and sends the rest: a second time when the first
     * append had not ended when it was asked.
     */
    void breakOffAndGoOn(SentUpload upload, int to) throws IOException {
        int offset = breakOff(upload, 0, to);
        String headers = checksum(tail(upload, offset));
        try (RawConnection connection = connect()) {
            begin(connection, upload, offset, upload.length() - offset, headers)
                    .send(tail(upload, offset));
            RawResponse answer = connection.read();
            int now = Integer.parseInt(answer.required("Upload-Offset"));
            upload.claim(connection.localPort(), now);
            if (answer.status() == 409) {
                append(upload, now, upload.length(), false, "");
            }
        }
    }

    private static byte[] tail(SentUpload upload, int from) {
        return Arrays.copyOfRange(upload.content(), from, upload.length());
    }

    private int breakOff(SentUpload upload, int from, int to) throws IOException {
        try (RawConnection connection = connect()) {
            begin(connection, upload, from, upload.length() - from, "")
                    .send(Arrays.copyOfRange(upload.content(), from, to));
            connection.reset();
        }
        return head(upload);
    }

    private static RawConnection begin(
            RawConnection connection, SentUpload upload, int offset, int length, String headers)
            throws IOException {
        return connection.request(
                request("PATCH", upload)
                        + "\n%sUpload-Offset: %d\n%sContent-Length: %d"
                                .formatted(OCTETS, offset, headers, length));
    }

    private static void appended(SentUpload upload, RawConnection connection) throws IOException {
        RawResponse answer = expect(connection.read(), 204);
        upload.claim(connection.localPort(), Long.parseLong(answer.required("Upload-Offset")));
    }

    /** Asks for the offset, which was not told in this way if the upload is gone. */
    int head(SentUpload upload) throws IOException {
        try (RawConnection connection = connect()) {
            RawResponse answer = connection.exchange(request("HEAD", upload));
            if (upload.isTerminated() && answer.status() == 410) {
                upload.claimTerminated(connection.localPort());
                return 0;
            }
            int offset = Integer.parseInt(expect(answer, 200).required("Upload-Offset"));
            upload.claim(connection.localPort(), offset);
            return offset;
        }
    }

    /** Sends what is still missing, unless the upload is gone. */
    void finish(SentUpload upload) throws IOException {
        int offset = head(upload);
        if (!upload.isTerminated() && offset < upload.length()) {
            String length = "Upload-Length: %d\n".formatted(upload.length());
            append(upload, offset, upload.length(), false, length);
        }
    }

    void terminate(SentUpload upload) throws IOException {
        try (RawConnection connection = connect()) {
            upload.terminating(connection.localPort());
            expect(connection.exchange(request("DELETE", upload)), 204);
            upload.claimTerminated(connection.localPort());
        }
    }

    byte[] download(SentUpload upload) throws IOException {
        try (RawConnection connection = connect()) {
            return expect(connection.exchange(request("GET", upload)), 200).body();
        }
    }

    private static String request(String method, SentUpload upload) {
        return "%s %s HTTP/1.1\nHost: h\nTus-Resumable: 1.0.0".formatted(method, upload.path());
    }

    private RawConnection connect() throws IOException {
        return RawConnection.to(port).timeout(PATIENCE);
    }

    private static RawResponse expect(RawResponse answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("%d was expected:%n%s".formatted(status, answer));
        }
        return answer;
    }

    private static String checksum(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            String value = new String(Base64.getEncoder().encode(digest), ISO_8859_1);
            return "Upload-Checksum: sha1 %s\n".formatted(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
