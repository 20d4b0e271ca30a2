package io.longhaul.server.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/**
 * Requests of every kind, each broken off by a reset at a random byte. They append to one upload
 * after another, of which the right bytes have to be there and no others.
 */
final class BrokenRequests {

    private static final int LENGTH = 256 << 10;
    private static final int LONGEST_BODY = 16 << 10;

    private enum Kind {
        HEAD,
        CREATION,
        CREATION_WITH_BYTES,
        APPEND,
        CHUNKED_APPEND,
        CHECKSUMMED_APPEND
    }

    private final Client client;
    private final Random random;
    private byte[] content = new byte[0];
    private String path = "";
    private int offset;

    /** How far the bytes reach that were sent and may count. */
    private int sent;

    BrokenRequests(Client client, Random random) throws IOException {
        this.client = client;
        this.random = random;
        begin();
    }

    void breakOff(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (offset > LENGTH - LONGEST_BODY) {
                finish();
                begin();
            }
            breakOff(Kind.values()[random.nextInt(Kind.values().length)]);
            look();
        }
    }

    /** Uploads the rest and compares. */
    void finish() throws IOException {
        look();
        byte[] rest = Arrays.copyOfRange(content, offset, LENGTH);
        assertThat(client.append(path, offset, rest).status()).isEqualTo(204);
        assertThat(client.content(path)).isEqualTo(content);
    }

    private void begin() throws IOException {
        content = Client.bytes(random.nextLong(), LENGTH);
        path = client.create(LENGTH);
        offset = 0;
        sent = 0;
    }

    private void look() throws IOException {
        int now = Math.toIntExact(client.offset(path));
        assertThat(now).as("offset of %s", path).isBetween(offset, Math.max(offset, sent));
        offset = now;
    }

    private void breakOff(Kind kind) throws IOException {
        byte[] body =
                Arrays.copyOfRange(content, offset, offset + 1 + random.nextInt(LONGEST_BODY));
        byte[] request = request(kind, body);
        int cut = random.nextInt(request.length);
        int before = random.nextInt(cut + 1);
        if (kind == Kind.APPEND || kind == Kind.CHUNKED_APPEND) {
            sent = Math.max(sent, offset + body.length);
        }
        try (RawConnection connection = client.connect()) {
            connection.send(Arrays.copyOf(request, before));
            connection.send(Arrays.copyOfRange(request, before, cut));
            connection.reset();
        }
    }

    private byte[] request(Kind kind, byte[] body) throws IOException {
        String length = "Content-Length: %d\n".formatted(body.length);
        return switch (kind) {
            case HEAD -> wire(Client.head("HEAD", path), new byte[0]);
            case CREATION ->
                    wire(
                            Client.head("POST", "/files", "Upload-Length: 9", "Content-Length: 0"),
                            new byte[0]);
            case CREATION_WITH_BYTES ->
                    wire(
                            Client.head(
                                    "POST",
                                    "/files",
                                    Client.OCTETS,
                                    "Upload-Length: " + body.length,
                                    length.strip()),
                            body);
            case APPEND -> wire(Client.appendHead(path, offset) + length, body);
            case CHECKSUMMED_APPEND ->
                    wire(Client.appendHead(path, offset, checksum(body)) + length, body);
            case CHUNKED_APPEND ->
                    wire(
                            Client.appendHead(path, offset) + "Transfer-Encoding: chunked\n",
                            chunked(body));
        };
    }

    private static byte[] wire(String head, byte[] body) throws IOException {
        var wire = new ByteArrayOutputStream();
        wire.write((head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(US_ASCII));
        wire.write(body);
        return wire.toByteArray();
    }

    private byte[] chunked(byte[] body) throws IOException {
        var chunks = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int end = Math.min(body.length, at + 1 + random.nextInt(LONGEST_BODY / 4));
            chunks.write("%x\r\n".formatted(end - at).getBytes(US_ASCII));
            chunks.write(body, at, end - at);
            chunks.write("\r\n".getBytes(US_ASCII));
            at = end;
        }
        chunks.write("0\r\n\r\n".getBytes(US_ASCII));
        return chunks.toByteArray();
    }

    private static String checksum(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "Upload-Checksum: sha256 " + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
