package io.longhaul.server.crash;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Random;

/** Appends of every kind: plain, chunked, with right and wrong checksums, broken off. */
final class AppendRequests {

    private static final String OCTETS = "Content-Type: application/offset+octet-stream\n";

    private final Wire wire;
    private final Random random;

    AppendRequests(Wire wire, Random random) {
        this.wire = wire;
        this.random = random;
    }

    /** A creation with bytes. */
    RawResponse create(String headers, byte[] first) throws IOException {
        String checksum = random.nextBoolean() ? checksum(first) : "";
        return wire.exchange("POST", "/files", headers + OCTETS + checksum, body(first), random);
    }

    /** Some of the bytes that are still missing. */
    void append(TrackedUpload upload) throws IOException {
        int left = Math.toIntExact(upload.bytes().length() - upload.acknowledged());
        int count = random.nextInt(3) == 0 ? left : 1 + random.nextInt(left);
        byte[] bytes = bytes(upload, count);
        switch (random.nextInt(10)) {
            case 0 -> breakOff(upload, bytes, random.nextInt(count));
            case 1 -> appendWrong(upload, bytes);
            case 2, 3, 4, 5 -> append(upload, bytes, checksum(bytes));
            default -> append(upload, bytes, "");
        }
    }

    /** All bytes that are still missing, at once. */
    void appendRest(TrackedUpload upload) throws IOException {
        long left = upload.bytes().length() - upload.acknowledged();
        append(upload, bytes(upload, Math.toIntExact(left)), "");
    }

    private static byte[] bytes(TrackedUpload upload, int count) {
        return upload.bytes().range(upload.acknowledged(), upload.acknowledged() + count);
    }

    private void append(TrackedUpload upload, byte[] bytes, String checksum) throws IOException {
        long end = upload.acknowledged() + bytes.length;
        String headers = headers(upload, bytes) + checksum;
        upload.sending(end, !checksum.isEmpty());
        RawResponse answer = wire.exchange("PATCH", upload.path(), headers, body(bytes), random);
        switch (answer.status()) {
            case 204 -> {
                upload.seen(Long.parseLong(answer.required("Upload-Offset")));
                upload.settled();
                if (upload.acknowledged() != end) {
                    throw new AssertionError("%s, not at %d".formatted(upload, end));
                }
            }
            case 409 -> upload.seen(Long.parseLong(answer.required("Upload-Offset")));
            case 423 -> {} // the one that was broken off is still under way
            default -> throw new AssertionError("append to %s: %s".formatted(upload, answer));
        }
    }

    private void appendWrong(TrackedUpload upload, byte[] bytes) throws IOException {
        byte[] others = bytes.clone();
        others[random.nextInt(others.length)] ^= 1;
        String headers = headers(upload, bytes) + checksum(others);
        RawResponse answer = wire.exchange("PATCH", upload.path(), headers, body(bytes), random);
        switch (answer.status()) {
            case 460, 423 -> {}
            case 409 -> upload.seen(Long.parseLong(answer.required("Upload-Offset")));
            default ->
                    throw new AssertionError(
                            "a wrong checksum for %s: %s".formatted(upload, answer));
        }
    }

    /** What was sent may count, unless there is a checksum for the whole. */
    private void breakOff(TrackedUpload upload, byte[] bytes, int sent) throws IOException {
        boolean checksummed = random.nextBoolean();
        String headers = headers(upload, bytes) + (checksummed ? checksum(bytes) : "");
        if (!checksummed) {
            upload.sending(upload.acknowledged() + sent, false);
        }
        wire.breakOff("PATCH", upload.path(), headers, body(bytes), sent, random);
    }

    private static String headers(TrackedUpload upload, byte[] bytes) {
        boolean last = upload.acknowledged() + bytes.length == upload.bytes().length();
        return "%sUpload-Offset: %d\n".formatted(OCTETS, upload.acknowledged())
                + (upload.deferred() && last
                        ? "Upload-Length: %d\n".formatted(upload.bytes().length())
                        : "");
    }

    private String checksum(byte[] bytes) {
        return "Upload-Checksum: %s\n"
                .formatted(
                        random.nextBoolean() ? Checksums.sha256(bytes) : Checksums.crc32c(bytes));
    }

    private Wire.Body body(byte[] bytes) {
        return new Wire.Body(bytes, random.nextBoolean());
    }
}
