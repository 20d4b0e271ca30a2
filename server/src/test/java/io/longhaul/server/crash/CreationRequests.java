package io.longhaul.server.crash;

import io.longhaul.server.crash.TrackedUpload.Shape;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creations of every kind: with and without bytes, of a known and a deferred length, of partial and
 * final uploads. Those with an idempotency key are sent again when a kill took the answer.
 */
final class CreationRequests {

    private static final double SMALLEST = Math.log(1 << 10);
    private static final double LARGEST = Math.log(4 << 20);

    /** The server checkpoints after 128 MiB. */
    private static final int HUGE = 129 << 20;

    private static final int ONE_IS_HUGE = 300;
    private static final int HALF_CREATED = 100_000;

    private final Wire wire;
    private final Random random;
    private final AppendRequests appends;
    private final long expiryMillis;
    private final Consumer<TrackedUpload> created;
    private final List<Lost> lost = new ArrayList<>();

    /** A creation with a key whose answer did not come. */
    private record Lost(Shape shape, int first, boolean checksummed, long sent) {}

    /**
     * @param created is told of every upload that the server has acknowledged
     */
    CreationRequests(Wire wire, Random random, long expiryMillis, Consumer<TrackedUpload> created) {
        this.wire = wire;
        this.random = random;
        this.appends = new AppendRequests(wire, random);
        this.expiryMillis = expiryMillis;
        this.created = created;
    }

    /** Creates an upload at random. */
    void create() throws IOException {
        int length =
                random.nextInt(ONE_IS_HUGE) == 0
                        ? HUGE + random.nextInt(8 << 20)
                        : (int) Math.exp(SMALLEST + random.nextDouble() * (LARGEST - SMALLEST));
        Shape shape =
                new Shape(
                        Bytes.random(length, random),
                        random.nextInt(3) == 0,
                        random.nextInt(4) == 0,
                        key(),
                        List.of());
        if (random.nextInt(3) > 0) {
            create(shape);
        } else {
            // The whole of a deferred length would not complete it.
            createWithBytes(shape, random.nextInt(shape.deferred() ? length : length + 1));
        }
    }

    /** Creates a final upload. */
    void concatenate(List<TrackedUpload> parts) throws IOException {
        Bytes bytes = Bytes.concatenated(parts.stream().map(TrackedUpload::bytes).toList());
        create(new Shape(bytes, false, false, key(), List.copyOf(parts)));
    }

    /** A creation with bytes that stop half way: until it goes on, they are nobody's. */
    static RawConnection halfCreated(Wire wire, Random random) throws IOException {
        byte[] bytes = Bytes.random(HALF_CREATED, random).range(0, HALF_CREATED);
        String headers = "Upload-Length: %d\n".formatted(HALF_CREATED) + AppendRequests.OCTETS;
        Wire.Body body = new Wire.Body(bytes, false, null);
        Wire.Request request = new Wire.Request("POST", "/files", headers, body);
        return wire.begin(request, HALF_CREATED / 2, random);
    }

    private @Nullable String key() {
        return random.nextInt(3) == 0
                ? new UUID(random.nextLong(), random.nextLong()).toString()
                : null;
    }

    private void create(Shape shape) throws IOException {
        long sent = System.currentTimeMillis();
        RawResponse answer = remembered(shape, 0, false, () -> ask(shape));
        if (answer.status() == 201 || !refusable(shape)) {
            created(shape, sent, answer);
        }
    }

    private RawResponse ask(Shape shape) throws IOException {
        return wire.exchange("POST", "/files", headers(shape) + "Content-Length: 0\n");
    }

    private void createWithBytes(Shape shape, int count) throws IOException {
        byte[] first = shape.bytes().range(0, count);
        boolean checksummed = random.nextBoolean();
        String headers =
                headers(shape) + AppendRequests.OCTETS + (checksummed ? appends.header(first) : "");
        Wire.Body body = new Wire.Body(first, random.nextBoolean(), null);
        Wire.Request request = new Wire.Request("POST", "/files", headers, body);
        long sent = System.currentTimeMillis();
        RawResponse answer =
                remembered(shape, count, checksummed, () -> wire.exchange(request, random));
        TrackedUpload upload = created(shape, sent, answer);
        upload.sending(count, true);
        if (count > 0 || answer.header("Upload-Offset") != null) {
            upload.seen(Long.parseLong(answer.required("Upload-Offset")));
        }
        upload.settled();
        if (upload.acknowledged() != count) {
            throw new AssertionError("%s of %d bytes: %s".formatted(upload, count, answer));
        }
    }

    private interface Exchange {
        RawResponse run() throws IOException;
    }

    private RawResponse remembered(Shape shape, int first, boolean checksummed, Exchange exchange)
            throws IOException {
        long sent = System.currentTimeMillis();
        try {
            return exchange.run();
        } catch (IOException e) {
            if (shape.key() != null) {
                lost.add(new Lost(shape, first, checksummed, sent));
            }
            throw e;
        }
    }

    /** Sends what was lost again: however often that is done, there is one upload. */
    void repeatLost() throws IOException {
        for (Lost each : lost) {
            RawResponse answer = ask(each.shape());
            if (answer.status() == 201 || !refusable(each.shape())) {
                TrackedUpload upload = created(each.shape(), each.sent(), answer);
                upload.sending(each.first(), each.checksummed());
                repeat(upload);
            }
        }
        lost.clear();
    }

    /** Sends the creation of an upload with a key again, which finds the upload. */
    void repeat(TrackedUpload upload) throws IOException {
        long sent = System.currentTimeMillis();
        RawResponse answer = ask(upload.shape());
        if (answer.status() != 201 && refusable(upload.shape())) {
            return;
        }
        if (upload.path().equals(answer.header("Location"))) {
            upload.present();
            return;
        }
        upload.gone();
        created(upload.shape(), sent, answer);
    }

    /** A final upload can only be made of what is there. */
    private static boolean refusable(Shape shape) {
        return shape.parts().stream().anyMatch(TrackedUpload::mayBeGone);
    }

    private TrackedUpload created(Shape shape, long sent, RawResponse answer) {
        if (answer.status() != 201) {
            throw new AssertionError("creation: " + answer);
        }
        TrackedUpload upload =
                new TrackedUpload(answer.required("Location"), shape, expiryMillis, sent);
        created.accept(upload);
        return upload;
    }

    private static String headers(Shape shape) {
        String key = shape.key() == null ? "" : "Idempotency-Key: %s\n".formatted(shape.key());
        if (!shape.parts().isEmpty()) {
            List<String> paths = shape.parts().stream().map(TrackedUpload::path).toList();
            return "%sUpload-Concat: final;%s\n".formatted(key, String.join(" ", paths));
        }
        String length =
                shape.deferred()
                        ? "Upload-Defer-Length: 1\n"
                        : "Upload-Length: %d\n".formatted(shape.bytes().length());
        return key + length + (shape.partial() ? "Upload-Concat: partial\n" : "");
    }
}
