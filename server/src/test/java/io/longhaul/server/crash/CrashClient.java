package io.longhaul.server.crash;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A client that uploads in every way at random, keeps in mind what the server acknowledged, and
 * fails on any answer that does not fit it. Used by one thread at a time.
 */
final class CrashClient {

    private static final int UNFINISHED = 4;

    /** Uploads that nothing happens to any more are looked at now and then. */
    private static final int ONE_OLD_IN = 10;

    private final Wire wire;
    private final Random random;
    private final AppendRequests appends;
    private final CreationRequests creations;
    private final long expiryMillis;
    private final List<TrackedUpload> uploads = new ArrayList<>();

    /**
     * @param expiryMillis the server's setting; zero when it is longer than the test
     */
    CrashClient(int port, long seed, long expiryMillis) {
        wire = new Wire(port);
        random = new Random(seed);
        appends = new AppendRequests(wire, random);
        creations = new CreationRequests(wire, random, expiryMillis, uploads::add);
        this.expiryMillis = expiryMillis;
    }

    List<TrackedUpload> uploads() {
        return uploads;
    }

    /** What clients sent, by the id of the upload. */
    static Map<String, Bytes> bytesById(List<CrashClient> clients) {
        return clients.stream()
                .flatMap(client -> client.uploads.stream())
                .collect(Collectors.toMap(TrackedUpload::id, TrackedUpload::bytes));
    }

    /** Compares what the client knows with the records after a kill. */
    void compare(StoredCatalog catalog, long killed) {
        for (TrackedUpload upload : uploads) {
            StoredUpload stored = catalog.uploads().get(upload.id());
            if (stored == null || stored.answersAsGone(killed)) {
                if (!upload.mayBeGone()) {
                    throw new AssertionError("%s is %s".formatted(upload, stored));
                }
            } else {
                upload.present();
                compare(upload, stored);
            }
        }
    }

    private static void compare(TrackedUpload upload, StoredUpload stored) {
        long length = upload.bytes().length();
        if (stored.length() != null && stored.length() != length) {
            throw new AssertionError("%s is %s".formatted(upload, stored));
        }
        if (!upload.isFinal()) {
            upload.seen(stored.offset());
        } else if (stored.complete()) {
            upload.seenComplete(stored.offset());
        }
    }

    /**
     * Works until the server is dead. A broken connection before that is the server's fault.
     *
     * @param done is told of every request that was answered
     */
    void workUntil(BooleanSupplier killed, Runnable done) {
        while (!killed.getAsBoolean()) {
            try {
                step();
                done.run();
            } catch (IOException e) {
                if (!killed.getAsBoolean()) {
                    throw new AssertionError("the server broke a connection", e);
                }
            }
        }
    }

    private void step() throws IOException {
        List<TrackedUpload> unfinished =
                those(each -> each.live() && !each.complete() && !each.isFinal());
        int choice = random.nextInt(100);
        if (choice < 10 || unfinished.size() < UNFINISHED) {
            creations.create();
        } else if (choice < 70) {
            appends.append(any(unfinished));
        } else if (choice < 81) {
            look(any(uploads));
        } else if (choice < 84) {
            repeat(those(each -> each.live() && each.shape().key() != null));
        } else if (choice < 91) {
            terminate(any(uploads));
        } else {
            boolean complete = random.nextBoolean();
            concatenate(
                    those(
                            each ->
                                    each.live()
                                            && each.shape().partial()
                                            && (each.complete() || !complete)));
        }
    }

    private List<TrackedUpload> those(Predicate<TrackedUpload> which) {
        return uploads.stream().filter(which).toList();
    }

    private TrackedUpload any(List<TrackedUpload> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void repeat(List<TrackedUpload> able) throws IOException {
        if (!able.isEmpty()) {
            creations.repeat(any(able));
        }
    }

    private void concatenate(List<TrackedUpload> able) throws IOException {
        if (!able.isEmpty()) {
            int parts = random.nextInt(1, 4);
            creations.concatenate(random.ints(parts).mapToObj(_ -> any(able)).toList());
        }
    }

    private void terminate(TrackedUpload upload) throws IOException {
        boolean asked = !upload.live();
        upload.terminating();
        RawResponse answer = wire.exchange("DELETE", upload.path(), "");
        switch (answer.status()) {
            case 204 -> {
                upload.present();
                upload.gone();
            }
            case 404, 410 -> {
                if (!asked && !upload.lapsed()) {
                    throw new AssertionError("%s was gone before: %s".formatted(upload, answer));
                }
                upload.gone();
            }
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
                String offset = answer.header("Upload-Offset");
                if (!upload.isFinal()) {
                    upload.seen(Long.parseLong(answer.required("Upload-Offset")));
                } else if (offset != null) {
                    upload.seenComplete(Long.parseLong(offset));
                } else {
                    upload.seenIncomplete();
                }
            }
            case 404, 410 -> upload.gone();
            default -> throw new AssertionError("HEAD of %s: %s".formatted(upload, answer));
        }
    }

    /**
     * Looks at the uploads after a crash and repeats creations that it broke off.
     *
     * @param killed when the server was, in milliseconds since 1970
     * @return how many requests the crash had broken off
     */
    int lookAfterKill(long killed) throws IOException {
        int interrupted = 0;
        for (TrackedUpload upload : those(this::worthALook)) {
            interrupted += upload.interrupted() ? 1 : 0;
            lookForExpired(upload, killed);
            upload.settled();
        }
        creations.repeatLost();
        for (TrackedUpload upload : those(TrackedUpload::interrupted)) {
            look(upload);
            upload.settled();
        }
        return interrupted;
    }

    private boolean worthALook(TrackedUpload upload) {
        boolean changing = upload.live() && !upload.complete();
        return changing || upload.interrupted() || random.nextInt(ONE_OLD_IN) == 0;
    }

    /** Nothing came after the kill, so that what is incomplete so long after it has expired. */
    private void lookForExpired(TrackedUpload upload, long killed) throws IOException {
        boolean late = expiryMillis > 0 && System.currentTimeMillis() > killed + expiryMillis;
        look(upload);
        if (late && upload.live() && !upload.complete()) {
            throw new AssertionError(upload + " should have expired");
        }
    }

    /** Uploads the rest of everything and compares what is downloaded. */
    void finish() throws IOException {
        for (TrackedUpload upload : those(each -> each.live() && !each.isFinal())) {
            look(upload);
            if (upload.live() && !upload.complete()) {
                appends.appendRest(upload);
            }
        }
        for (TrackedUpload upload : uploads) {
            look(upload);
            if (upload.complete() && upload.live()) {
                compare(upload);
            }
        }
    }

    private void compare(TrackedUpload upload) throws IOException {
        byte[] actual = wire.download(upload.path(), upload.bytes().length());
        if (!Arrays.equals(actual, upload.bytes().sha256())) {
            throw new AssertionError(upload + " has other content than was uploaded");
        }
    }
}
