package io.longhaul.server.crash;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A client that uploads in every way at random, keeps in mind what the server acknowledged, and
 * fails on any answer that does not fit it. Used by one thread at a time.
 */
final class CrashClient {

    private static final int UNFINISHED = 4;
    private static final double SMALLEST = Math.log(1 << 10);
    private static final double LARGEST = Math.log(4 << 20);

    private final Wire wire;
    private final Random random;
    private final AppendRequests appends;
    private final List<TrackedUpload> uploads = new ArrayList<>();

    CrashClient(int port, long seed) {
        wire = new Wire(port);
        random = new Random(seed);
        appends = new AppendRequests(wire, random);
    }

    List<TrackedUpload> uploads() {
        return uploads;
    }

    /** Works until the server is dead. A broken connection before that is the server's fault. */
    void workUntil(BooleanSupplier killed) {
        while (!killed.getAsBoolean()) {
            try {
                step();
            } catch (IOException e) {
                if (!killed.getAsBoolean()) {
                    throw new AssertionError("the server broke a connection", e);
                }
            }
        }
    }

    private void step() throws IOException {
        List<TrackedUpload> unfinished = those(each -> each.live() && !each.complete());
        int choice = random.nextInt(100);
        if (choice < 10 || unfinished.size() < UNFINISHED) {
            create();
        } else if (choice < 75) {
            appends.append(any(unfinished));
        } else if (choice < 88) {
            look(any(uploads));
        } else if (choice < 93) {
            terminate(any(uploads));
        } else {
            concatenate(those(each -> each.live() && each.partial() && each.complete()));
        }
    }

    private List<TrackedUpload> those(Predicate<TrackedUpload> which) {
        return uploads.stream().filter(which).toList();
    }

    private TrackedUpload any(List<TrackedUpload> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void create() throws IOException {
        int length = (int) Math.exp(SMALLEST + random.nextDouble() * (LARGEST - SMALLEST));
        Bytes bytes = Bytes.random(length, random);
        boolean partial = random.nextInt(3) == 0;
        boolean deferred = random.nextInt(4) == 0;
        String headers =
                (deferred ? "Upload-Defer-Length: 1\n" : "Upload-Length: %d\n".formatted(length))
                        + (partial ? "Upload-Concat: partial\n" : "");
        if (random.nextInt(3) > 0) {
            RawResponse answer = wire.exchange("POST", "/files", headers + "Content-Length: 0\n");
            created(answer, bytes, partial, deferred);
            return;
        }
        // The whole of a deferred length would not complete it.
        byte[] first = bytes.range(0, random.nextInt(deferred ? length : length + 1));
        RawResponse answer = appends.create(headers, first);
        TrackedUpload upload = created(answer, bytes, partial, deferred);
        upload.sending(first.length, true);
        if (first.length > 0 || answer.header("Upload-Offset") != null) {
            upload.seen(Long.parseLong(answer.required("Upload-Offset")));
        }
        upload.settled();
        if (upload.acknowledged() != first.length) {
            throw new AssertionError("%s of %d bytes: %s".formatted(upload, first.length, answer));
        }
    }

    private TrackedUpload created(
            RawResponse answer, Bytes bytes, boolean partial, boolean deferred) {
        if (answer.status() != 201) {
            throw new AssertionError("creation: " + answer);
        }
        TrackedUpload upload =
                new TrackedUpload(answer.required("Location"), bytes, partial, deferred);
        uploads.add(upload);
        return upload;
    }

    private void concatenate(List<TrackedUpload> able) throws IOException {
        if (able.isEmpty()) {
            return;
        }
        List<TrackedUpload> parts = random.ints(1, 4).limit(3).mapToObj(_ -> any(able)).toList();
        List<String> paths = parts.stream().map(TrackedUpload::path).toList();
        RawResponse answer =
                wire.exchange(
                        "POST",
                        "/files",
                        "Upload-Concat: final;%s\nContent-Length: 0\n"
                                .formatted(String.join(" ", paths)));
        Bytes bytes = Bytes.concatenated(parts.stream().map(TrackedUpload::bytes).toList());
        TrackedUpload made = created(answer, bytes, false, false);
        made.sending(bytes.length(), true);
        look(made);
    }

    private void terminate(TrackedUpload upload) throws IOException {
        upload.terminating();
        RawResponse answer = wire.exchange("DELETE", upload.path(), "");
        switch (answer.status()) {
            case 204, 404, 410 -> upload.gone();
            case 423 -> {} // an append that was broken off is still under way
            default -> throw new AssertionError("termination of %s: %s".formatted(upload, answer));
        }
    }

    /** Asks for the offset. */
    void look(TrackedUpload upload) throws IOException {
        RawResponse answer = wire.exchange("HEAD", upload.path(), "");
        switch (answer.status()) {
            case 200 -> {
                upload.present();
                upload.seen(Long.parseLong(answer.required("Upload-Offset")));
            }
            case 404, 410 -> upload.gone();
            default -> throw new AssertionError("HEAD of %s: %s".formatted(upload, answer));
        }
    }

    /** Looks at every upload after a crash; how many requests the crash had broken off. */
    int lookAtAll() throws IOException {
        int interrupted = 0;
        for (TrackedUpload upload : uploads) {
            interrupted += upload.interrupted() ? 1 : 0;
            look(upload);
            upload.settled();
        }
        return interrupted;
    }

    /** Uploads the rest of everything and compares what is downloaded. */
    void finish() throws IOException {
        for (TrackedUpload upload : those(TrackedUpload::live)) {
            if (!upload.complete()) {
                appends.appendRest(upload);
            }
            byte[] actual = wire.download(upload.path(), upload.bytes().length());
            if (!Objects.deepEquals(actual, upload.bytes().sha256())) {
                throw new AssertionError(upload + " has other content than was uploaded");
            }
        }
    }
}
