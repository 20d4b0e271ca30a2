package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Does random things to the service and to the model, and compares what they have become. */
final class UploadWalk {

    private static final int MAX_LENGTH = 2000;
    private static final int KEYS = 3;

    private final UploadWorld world;
    private final UploadComparison comparison;
    private final Random random;
    private final ModelUploads uploads = new ModelUploads();
    private final @Nullable ModelUpload[] keyed = new ModelUpload[KEYS];

    /** How many of ten uploads are looked at after a step; looking alone can change some. */
    private final int looks;

    private final List<String> log = new ArrayList<>();

    UploadWalk(UploadWorld world, long seed) {
        this.world = world;
        comparison = new UploadComparison(world);
        random = new Random(seed);
        looks = random.nextInt(10);
    }

    /** What was done so far, a line for each step. */
    List<String> log() {
        return log;
    }

    void step() throws IOException, InterruptedException {
        world.pass(Duration.ofMillis(1));
        int choice = uploads.all().isEmpty() ? random.nextInt(16) : random.nextInt(100);
        if (choice < 24) {
            creation(choice);
        } else if (choice < 62) {
            append(any());
        } else if (choice < 80) {
            stalledAppend(any());
        } else if (choice < 84) {
            terminate(any());
        } else if (choice < 90) {
            pass(Duration.ofMinutes(random.nextInt(40)));
        } else if (choice < 94) {
            sweep();
        } else if (choice < 99) {
            litter(any());
        } else {
            restart();
        }
        for (ModelUpload upload : uploads.all()) {
            if (random.nextInt(10) < looks) {
                comparison.compare(upload);
            }
        }
    }

    private void creation(int choice) throws IOException {
        if (choice < 11) {
            create();
        } else if (choice < 14) {
            createAgain(random.nextInt(KEYS));
        } else if (choice < 18) {
            createWithBytes();
        } else {
            concatenate();
        }
    }

    private Instant now() {
        return world.now();
    }

    private ModelUpload any() {
        return uploads.all().get(random.nextInt(uploads.all().size()));
    }

    private void say(String what) {
        log.add(what);
    }

    private void create() throws IOException {
        boolean partial = random.nextBoolean();
        Long length = random.nextInt(3) == 0 ? null : (long) random.nextInt(MAX_LENGTH);
        Creation creation = creation(partial ? Concatenation.PARTIAL : Concatenation.NONE, length);
        UploadId id = world.uploads().create(creation).id();
        say("create %s, length %s, partial %s".formatted(id, length, partial));
        uploads.add(new ModelUpload(id, partial, List.of(), length, now()));
    }

    private static Creation creation(Concatenation concatenation, @Nullable Long length) {
        return new Creation(
                "",
                length == null ? OptionalLong.empty() : OptionalLong.of(length),
                UploadMetadata.NONE,
                concatenation,
                null);
    }

    /** A creation with a key finds the upload it made before, while that can be used. */
    private void createAgain(int key) throws IOException {
        long length = 100L + key;
        Creation creation =
                new Creation(
                        "walk",
                        OptionalLong.of(length),
                        UploadMetadata.NONE,
                        Concatenation.NONE,
                        "key " + key);
        UploadId id = world.uploads().create(creation).id();
        ModelUpload known = keyed[key];
        say("create with key %d: %s, before it was %s".formatted(key, id, known));
        if (known != null && known.refusal(now()).isEmpty()) {
            assertThat(id).isEqualTo(known.id());
        } else {
            assertThat(uploads.all()).extracting(ModelUpload::id).doesNotContain(id);
            ModelUpload made = new ModelUpload(id, false, List.of(), length, now());
            keyed[key] = made;
            uploads.add(made);
        }
    }

    private void createWithBytes() {
        Long length = random.nextBoolean() ? null : (long) random.nextInt(MAX_LENGTH);
        ModelUpload model = new ModelUpload(UploadId.random(), false, List.of(), length, now());
        RandomAppend first = RandomAppend.to(model, now(), world.inlineSize(), random);
        if (first.offset() != 0 || first.declared() != null) {
            return;
        }
        RandomAppend.Outcome expected = first.outcome(model, now());
        List<Upload> made = new ArrayList<>();
        String outcome =
                withFaults(
                        first,
                        () ->
                                made.add(
                                        world.uploads()
                                                .create(
                                                        creation(Concatenation.NONE, length),
                                                        first.request(random))));
        say("create of length %s with %s: %s %s".formatted(length, first, outcome, made));
        assertThat(outcome).isEqualTo(expected.code());
        for (Upload upload : made) {
            ModelUpload stored = new ModelUpload(upload.id(), false, List.of(), length, now());
            stored.accept(expected.kept(), length, now());
            uploads.add(stored);
        }
    }

    private void concatenate() throws IOException {
        List<ModelUpload> parts = new ArrayList<>();
        List<ModelUpload> able = uploads.live(now()).stream().filter(ModelUpload::partial).toList();
        for (int i = random.nextInt(4); i >= 0 && !able.isEmpty(); i--) {
            parts.add(able.get(random.nextInt(able.size())));
        }
        if (!parts.isEmpty()) {
            concatenate(parts);
        }
    }

    private void concatenate(List<ModelUpload> parts) throws IOException {
        List<UploadId> ids = parts.stream().map(ModelUpload::id).toList();
        UploadId id =
                world.uploads().create(creation(new Concatenation.Final(ids, "final;"), null)).id();
        say("concatenate %s: %s".formatted(parts, id));
        ModelUpload made = new ModelUpload(id, false, parts, null, now());
        made.look(now());
        uploads.add(made);
    }

    private void append(ModelUpload upload) throws IOException {
        append(upload, RandomAppend.to(upload, now(), world.inlineSize(), random));
    }

    private void append(ModelUpload upload, RandomAppend append) throws IOException {
        RandomAppend.Outcome expected = append.outcome(upload, now());
        String outcome =
                withFaults(
                        append, () -> world.uploads().append(upload.id(), append.request(random)));
        say("append to %s %s: %s".formatted(upload, append, outcome));
        assertThat(outcome).isEqualTo(expected.code());
        uploads.appended(upload, expected, now());
        if (expected.kept().length > 0) {
            assertThat(world.space(upload.id())).isEqualTo(upload.offset());
        }
    }

    private String withFaults(RandomAppend append, UploadWorld.Request request) {
        if (append.room() >= 0) {
            world.store().fullAfter(append.room());
        }
        if (append.flushFails()) {
            world.store().failNextFlush(new IOException("told to fail"));
        }
        String outcome = UploadWorld.outcome(request);
        world.store().makeRoom();
        return outcome;
    }

    private void stalledAppend(ModelUpload upload) throws IOException, InterruptedException {
        RandomAppend append = RandomAppend.to(upload, now(), world.inlineSize(), random);
        RandomAppend.Outcome whole = append.outcome(upload, now());
        if (whole.code().equals("ok") && whole.kept().length > 0) {
            StalledAppend stalled = new StalledAppend(world, upload, append);
            String outcome = disturb(stalled, upload, append, whole);
            say("stalled append to %s".formatted(append));
            assertThat(stalled.outcome()).isEqualTo(outcome);
        }
    }

    /** Something happens while an append has stalled; tells how the append has to end. */
    private String disturb(
            StalledAppend stalled,
            ModelUpload upload,
            RandomAppend append,
            RandomAppend.Outcome whole)
            throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> {
                say("fence %s".formatted(upload));
                stalled.fence();
                stalled.end();
                yield "upload-taken-over";
            }
            case 1 -> {
                if (upload.partial()) {
                    concatenate(List.of(upload));
                }
                stalled.end();
                uploads.appended(upload, whole, now());
                yield "ok";
            }
            case 2 -> {
                say("terminate while an append to %s has stalled".formatted(upload));
                evicted(upload, append, whole);
                terminate(upload);
                yield "upload-terminated";
            }
            case 3 -> {
                say("head while an append to %s has stalled".formatted(upload));
                evicted(upload, append, whole);
                comparison.compare(upload);
                yield "upload-taken-over";
            }
            default -> {
                long before = upload.offset();
                say("append while an append to %s has stalled".formatted(upload));
                evicted(upload, append, whole);
                append(
                        upload,
                        RandomAppend.to(upload, now(), world.inlineSize(), random).sound(before));
                yield "upload-taken-over";
            }
        };
    }

    /** Whoever is evicted keeps what has arrived, unless it had to be verified. */
    private void evicted(ModelUpload upload, RandomAppend append, RandomAppend.Outcome whole) {
        if (append.check() == RandomAppend.Check.NONE) {
            upload.accept(whole.kept(), whole.length(), now());
        }
    }

    private void terminate(ModelUpload upload) throws IOException {
        Optional<String> refusal = upload.refusal(now());
        String outcome = UploadWorld.outcome(() -> world.uploads().terminate(upload.id()));
        say("terminate %s: %s".formatted(upload, outcome));
        assertThat(outcome).isEqualTo(refusal.orElse("ok"));
        if (refusal.isEmpty()) {
            uploads.terminated(upload, now());
        }
    }

    private void pass(Duration time) {
        world.pass(time);
        say("%s later".formatted(time));
    }

    private void sweep() throws IOException {
        say("sweep");
        world.uploads().sweep(1000);
        uploads.swept(now());
    }

    private void litter(ModelUpload upload) throws IOException {
        if (upload.refusal(now()).isEmpty() && upload.parts().isEmpty()) {
            byte[] bytes = new byte[1 + random.nextInt(MAX_LENGTH)];
            random.nextBytes(bytes);
            say("crash with %d bytes beyond %s".formatted(bytes.length, upload));
            world.litter(upload.id(), upload.offset(), bytes);
        }
    }

    private void restart() throws IOException {
        say("restart");
        world.restart();
    }

    /** Ends all that is left and checks that nothing of it stays. */
    void finish() throws IOException {
        for (ModelUpload upload : uploads.all()) {
            comparison.compare(upload);
        }
        for (ModelUpload upload : uploads.live(now())) {
            terminate(upload);
        }
        for (int i = 0; i < 3; i++) {
            pass(ModelUpload.LIFE.multipliedBy(2));
            sweep();
        }
        for (ModelUpload upload : uploads.all()) {
            comparison.compare(upload);
            assertThat(upload.state()).isNull();
        }
        assertThat(world.catalog().due(Instant.ofEpochMilli(Long.MAX_VALUE / 2), 10)).isEmpty();
        world.uploads().deleteOrphans(Duration.ZERO);
        assertThat(world.files()).isZero();
    }
}
