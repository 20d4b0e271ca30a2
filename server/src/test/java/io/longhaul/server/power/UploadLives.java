package io.longhaul.server.power;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that each lead one upload after another through its life, in every way there is. */
final class UploadLives {

    private static final int CLIENTS = 3;
    private static final int KINDS = 8;
    private static final int LARGEST = 160 << 10;

    private final UploadTraffic traffic;
    private final AtomicBoolean killed = new AtomicBoolean();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();

    /** Starts the clients; each ends after some uploads, or when the server is killed. */
    UploadLives(UploadTraffic traffic, int uploadsEach, long seed) {
        this.traffic = traffic;
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(
                    CompletableFuture.runAsync(
                            () -> run(client, uploadsEach, new Random(seed + client)),
                            task -> Thread.ofPlatform().start(task)));
        }
    }

    /** Says that broken connections are to be expected from now on. */
    void serverIsKilled() {
        killed.set(true);
    }

    void await() {
        clients.forEach(CompletableFuture::join);
    }

    private void run(int client, int uploads, Random random) {
        try {
            for (int i = 0; i < uploads && !killed.get(); i++) {
                live(Math.floorMod(CLIENTS * client + i, KINDS), random);
            }
        } catch (IOException e) {
            if (!killed.get()) {
                throw new AssertionError("the server broke a connection", e);
            }
        }
    }

    private void live(int kind, Random random) throws IOException {
        byte[] content = UploadTraffic.content(2 + random.nextInt(LARGEST), random);
        String length = "Upload-Length: %d\n".formatted(content.length);
        int middle = 1 + random.nextInt(content.length - 1);
        switch (kind) {
            case 0 -> inParts(traffic.create(content, length, 0), 0, middle, random);
            case 1 -> traffic.create(content, length, content.length);
            case 2 -> traffic.breakOffAndGoOn(traffic.create(content, length, 0), middle);
            case 3 -> {
                SentUpload upload = traffic.create(content, length, 0);
                traffic.appendAskingMidway(upload, 0, content.length);
            }
            case 4 -> deferred(traffic.create(content, "Upload-Defer-Length: 1\n", 0), middle);
            case 5 -> concatenated(content, length, random);
            case 6 -> terminated(traffic.create(content, length, middle), random);
            default -> traffic.create(content, length, middle); // stays incomplete
        }
    }

    private void inParts(SentUpload upload, int from, int middle, Random random)
            throws IOException {
        traffic.append(upload, from, middle, random.nextBoolean(), "");
        traffic.append(upload, middle, upload.length(), random.nextBoolean(), "");
        traffic.head(upload);
    }

    private void deferred(SentUpload upload, int middle) throws IOException {
        traffic.append(upload, 0, middle, false, "");
        String length = "Upload-Length: %d\n".formatted(upload.length());
        traffic.append(upload, middle, upload.length(), true, length);
    }

    private void concatenated(byte[] content, String length, Random random) throws IOException {
        String partial = length + "Upload-Concat: partial\n";
        SentUpload first = traffic.create(content, partial, content.length);
        SentUpload second = traffic.create(content, partial, 0);
        traffic.append(second, 0, second.length(), random.nextBoolean(), "");
        traffic.concatenate(List.of(first, second, first));
    }

    private void terminated(SentUpload upload, Random random) throws IOException {
        if (random.nextBoolean()) {
            traffic.append(upload, traffic.head(upload), upload.length(), false, "");
        }
        traffic.terminate(upload);
    }
}
