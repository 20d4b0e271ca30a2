package io.longhaul.server.crash;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Appends of every kind: plain, chunked, with right and wrong checksums, broken off, watched. */
final class AppendRequests {

    static final String OCTETS = "Content-Type: application/offset+octet-stream\n";

    /** Well below what the server takes for a stall. */
    private static final long STALL_NANOS = 500_000_000;

    private final Wire wire;
    private final Random random;

    AppendRequests(Wire wire, Random random) {
        this.wire = wire;
        this.random = random;
    }

    /** Where a checksum of the bytes stands. */
    private enum Checksum {
        NONE,
        HEADER,
        TRAILER
    }

    /** Some of the bytes that are still missing. */
    void append(TrackedUpload upload) throws IOException {
        int left = Math.toIntExact(upload.bytes().length() - upload.acknowledged());
        int count = random.nextInt(3) == 0 ? left : 1 + random.nextInt(left);
        byte[] bytes = bytes(upload, count);
        try {
            switch (random.nextInt(12)) {
                case 0 -> breakOff(upload, bytes, random.nextInt(count));
                case 1 -> appendWrong(upload, bytes);
                case 2, 3, 4 -> append(upload, bytes, Checksum.HEADER);
                case 5, 6 -> append(upload, bytes, Checksum.TRAILER);
                case 7, 8 -> appendWatched(upload, bytes);
                default -> append(upload, bytes, Checksum.NONE);
            }
        } catch (IOException e) {
            if (!upload.lapsed()) {
                throw e;
            }
            // The server said so before it had read the body, and closed the connection.
        }
    }

    /** All bytes that are still missing, at once. */
    void appendRest(TrackedUpload upload) throws IOException {
        long left = upload.bytes().length() - upload.acknowledged();
        append(upload, bytes(upload, Math.toIntExact(left)), Checksum.NONE);
    }

    private static byte[] bytes(TrackedUpload upload, int count) {
        return upload.bytes().range(upload.acknowledged(), upload.acknowledged() + count);
    }

    private void append(TrackedUpload upload, byte[] bytes, Checksum checksum) throws IOException {
        long end = upload.acknowledged() + bytes.length;
        Wire.Request request = request(upload, bytes, checksum, bytes);
        long sent = System.currentTimeMillis();
        upload.sending(end, checksum != Checksum.NONE);
        appended(upload, end, sent, wire.exchange(request, random));
    }

    private void appended(TrackedUpload upload, long end, long sent, RawResponse answer) {
        switch (answer.status()) {
            case 204 -> {
                upload.seen(Long.parseLong(answer.required("Upload-Offset")));
                upload.settled();
                upload.touched(sent);
                if (upload.acknowledged() != end) {
                    throw new AssertionError("%s, not at %d".formatted(upload, end));
                }
            }
            case 404, 410 -> upload.gone();
            case 409 -> upload.seen(Long.parseLong(answer.required("Upload-Offset")));
            case 423 -> {} // the one that was broken off is still under way
            default -> throw new AssertionError("append to %s: %s".formatted(upload, answer));
        }
    }

    /** Asks for the offset now and then, which makes the server checkpoint what it has. */
    private void appendWatched(TrackedUpload upload, byte[] bytes) throws IOException {
        long end = upload.acknowledged() + bytes.length;
        Wire.Request request = request(upload, bytes, Checksum.NONE, bytes);
        Watch watch = new Watch(upload);
        long sent = System.currentTimeMillis();
        upload.sending(end, false);
        try {
            appended(upload, end, sent, wire.exchange(request, random, watch));
        } catch (IOException e) {
            if (!watch.stalled) {
                throw e;
            }
            // This client was too slow on a busy machine, and was evicted by its own question.
        }
    }

    /** Looks at an upload while it grows. */
    private final class Watch implements Wire.Progress {
        private final TrackedUpload upload;
        private long last = System.nanoTime();
        private boolean stalled;

        Watch(TrackedUpload upload) {
            this.upload = upload;
        }

        @Override
        public void sent(int count) throws IOException {
            stalled |= System.nanoTime() - last > STALL_NANOS;
            if (count > 0 && random.nextInt(8) == 0) {
                RawResponse answer = wire.exchange("HEAD", upload.path(), "");
                looked(answer);
            }
            last = System.nanoTime();
        }

        private void looked(RawResponse answer) {
            switch (answer.status()) {
                case 200 -> upload.seen(Long.parseLong(answer.required("Upload-Offset")));
                case 404, 410 -> upload.gone(); // it was overdue before the append came
                default -> throw new AssertionError("HEAD of %s: %s".formatted(upload, answer));
            }
        }
    }

    private void appendWrong(TrackedUpload upload, byte[] bytes) throws IOException {
        byte[] others = bytes.clone();
        others[random.nextInt(others.length)] ^= 1;
        Checksum checksum = random.nextBoolean() ? Checksum.HEADER : Checksum.TRAILER;
        RawResponse answer = wire.exchange(request(upload, bytes, checksum, others), random);
        switch (answer.status()) {
            case 460, 423 -> {}
            case 404, 410 -> upload.gone();
            case 409 -> upload.seen(Long.parseLong(answer.required("Upload-Offset")));
            default ->
                    throw new AssertionError(
                            "a wrong checksum for %s: %s".formatted(upload, answer));
        }
    }

    /** What was sent may count, unless there is a checksum for the whole. */
    private void breakOff(TrackedUpload upload, byte[] bytes, int sent) throws IOException {
        Checksum checksum = Checksum.values()[random.nextInt(Checksum.values().length)];
        if (checksum == Checksum.NONE) {
            upload.sending(upload.acknowledged() + sent, false);
        }
        wire.breakOff(request(upload, bytes, checksum, bytes), sent, random);
    }

    private Wire.Request request(
            TrackedUpload upload, byte[] bytes, Checksum checksum, byte[] summed) {
        boolean last = upload.acknowledged() + bytes.length == upload.bytes().length();
        String headers =
                "%sUpload-Offset: %d\n".formatted(OCTETS, upload.acknowledged())
                        + (upload.shape().deferred() && last
                                ? "Upload-Length: %d\n".formatted(upload.bytes().length())
                                : "");
        return switch (checksum) {
            case NONE -> patch(upload, headers, body(bytes, random.nextBoolean(), null));
            case HEADER ->
                    patch(
                            upload,
                            headers + header(summed),
                            body(bytes, random.nextBoolean(), null));
            case TRAILER -> patch(upload, headers, body(bytes, true, checksum(summed)));
        };
    }

    private static Wire.Request patch(TrackedUpload upload, String headers, Wire.Body body) {
        return new Wire.Request("PATCH", upload.path(), headers, body);
    }

    private static Wire.Body body(byte[] bytes, boolean chunked, @Nullable String trailer) {
        return new Wire.Body(bytes, chunked, trailer);
    }

    /** A checksum as a header. */
    String header(byte[] bytes) {
        return "Upload-Checksum: %s\n".formatted(checksum(bytes));
    }

    private String checksum(byte[] bytes) {
        return random.nextBoolean() ? Checksums.sha256(bytes) : Checksums.crc32c(bytes);
    }
}
