package io.longhaul.server.simulation;

import io.longhaul.server.core.service.Append;
import io.longhaul.server.core.service.Creation;
import io.longhaul.server.core.service.ScriptedBody;
import io.longhaul.server.core.service.ScriptedVerification;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.service.Verification;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.simulation.Figures.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client with one upload. What it does the seed decides; when, also the others. */
final class SimulatedClient {

    private static final int STEPS = 60;
    private static final int TRIES = 12;
    private static final long UNKNOWN = -1;
    private static final Duration PATIENT = Duration.ofSeconds(40);

    private final World world;
    private final SplittableRandom random;
    private final String name;
    private final byte[] data;
    private final Creation creation;
    private final List<LeftBehind> left = new ArrayList<>();
    private @Nullable UploadId id;

    /** The highest offset that any answer told. */
    private long told;

    /** Where the client believes the upload to be. */
    private long at = UNKNOWN;

    private boolean declared;
    private boolean complete;
    private boolean terminating;
    private boolean terminated;
    private boolean deserted;

    SimulatedClient(World world, long seed, int number) {
        this.world = world;
        random = new SplittableRandom(seed * 1_000_000 + number);
        name = "upload %d".formatted(number);
        data = new byte[random.nextInt(new int[] {200, 1_500, 3_000, 5_000, 10_000}[number % 5])];
        random.nextBytes(data);
        declared = random.nextInt(3) > 0;
        creation =
                new Creation(
                        "",
                        declared ? OptionalLong.of(data.length) : OptionalLong.empty(),
                        UploadMetadata.NONE,
                        Concatenation.NONE,
                        random.nextInt(3) == 0 ? name : null);
    }

    /** Uploads as far as it gets. */
    void run() {
        world.figures().count(Kind.UPLOADS);
        for (int step = 0; step < STEPS && id == null; step++) {
            create();
        }
        for (int step = 0; step < STEPS && id != null && isOpen(); step++) {
            step();
        }
        left.forEach(LeftBehind::cut);
    }

    private boolean isOpen() {
        return !(complete || terminated || deserted || world.violations().any());
    }

    private void step() {
        switch (random.nextInt(60)) {
            case 0 -> world.housekeeping(random);
            case 1, 2 -> createAgain();
            case 3, 4 -> head();
            case 5, 6, 7, 8 -> settleOne();
            case 9, 10 -> endEarly();
            default -> goOn();
        }
    }

    private void endEarly() {
        switch (random.nextInt(6)) {
            case 0 -> {
                deserted = true;
                world.figures().count(Kind.DESERTED);
            }
            case 1, 2 -> terminate();
            default -> download();
        }
    }

    private void create() {
        boolean withBytes = data.length > 0 && random.nextInt(3) == 0;
        int count = withBytes ? random.nextInt(data.length) + 1 : 0;
        boolean whole = random.nextInt(4) > 0;
        ScriptedBody body = ScriptedBody.ofLength(count);
        body.bytes(bytes(0, whole ? count : count / 2));
        Append first = append(0, count, Verification.NONE, whole ? body.end() : body.cut());
        Node.Request<Upload> request =
                (uploads, _) ->
                        withBytes ? uploads.create(creation, first) : uploads.create(creation);
        switch (world.any(random).ask(patience(), request)) {
            case Reply.Answered<Upload>(Upload upload) -> {
                id = upload.id();
                heard(upload);
            }
            case Reply.Refused<Upload>(UploadException reason) -> refused(reason);
            case Reply.Lost<Upload> _ -> at = UNKNOWN;
        }
    }

    /** Does the same creation once more. */
    private void createAgain() {
        if (creation.idempotencyKey() == null || terminating) {
            return;
        }
        world.figures().count(Kind.REPEATED_CREATIONS);
        Reply<Upload> reply =
                world.any(random).ask(patience(), (uploads, _) -> uploads.create(creation));
        if (reply instanceof Reply.Answered<Upload>(Upload upload)) {
            if (upload.id().equals(id)) {
                heard(upload);
            } else {
                violation("its creation gave %s when repeated".formatted(upload.id()));
            }
        }
    }

    private void head() {
        Node node = world.any(random);
        hear(node.ask(patience(), (uploads, _) -> uploads.head(id())));
    }

    private void hear(Reply<Upload> reply) {
        switch (reply) {
            case Reply.Answered<Upload>(Upload upload) -> heard(upload);
            case Reply.Refused<Upload>(UploadException reason) -> refused(reason);
            case Reply.Lost<Upload> _ -> at = UNKNOWN;
        }
    }

    private void heard(Upload upload) {
        hearOffset(upload.offset());
        declared = upload.length() != null;
        if (upload.state().gone()) {
            violation("an answer tells that it is " + upload.state());
        }
        if (upload.state() == UploadState.COMPLETE && !complete) {
            complete = true;
            world.figures().count(Kind.COMPLETE);
            if (upload.offset() != data.length) {
                violation("it is complete with %d bytes".formatted(upload.offset()));
            }
        }
    }

    private void hearOffset(long offset) {
        if (offset < told || offset > data.length) {
            violation("it is at %d, after %d was told".formatted(offset, told));
        }
        told = Math.max(told, offset);
        at = offset;
    }

    private void refused(UploadException reason) {
        at = UNKNOWN;
        switch (reason) {
            case UploadException.OffsetMismatch mismatch -> hearOffset(mismatch.actual());
            case UploadException.Gone _, UploadException.NotFound _ when terminating ->
                    terminated = true;
            case UploadException.Held _,
                    UploadException.TakenOver _,
                    UploadException.Incomplete _,
                    UploadException.Cut _ -> {}
            default -> violation("a request was refused: " + reason);
        }
    }

    /** Sends more bytes, or asks where to. */
    private void goOn() {
        boolean allThere = at == data.length && declared;
        if (at == UNKNOWN || allThere || terminating) {
            head();
            return;
        }
        int count = random.nextInt(2) == 0 ? rest() : random.nextInt(rest() + 1);
        switch (random.nextInt(12)) {
            case 0, 1 -> cutInTheMiddle(count);
            case 2 -> right(count);
            case 3 -> wrong(count);
            case 4, 5 -> leaveBehind(count);
            default -> hear(send(append(count, Verification.NONE), patience()));
        }
    }

    private int rest() {
        return data.length - (int) at;
    }

    private void cutInTheMiddle(int count) {
        world.figures().count(Kind.CUT_BODIES);
        ScriptedBody body = body(count);
        body.bytes(bytes(at, random.nextInt(count + 1))).cut();
        hear(send(append(at, count, Verification.NONE, body), patience()));
    }

    private void right(int count) {
        Verification digest = digest(at, count);
        hear(send(append(count, digest), patience()));
    }

    private void wrong(int count) {
        world.figures().count(Kind.WRONG_DIGESTS);
        Verification digest = digest(at, count).wrong();
        switch (send(append(count, digest), patience())) {
            case Reply.Answered<Upload> _ -> violation("bytes with a wrong digest were accepted");
            case Reply.Refused<Upload>(UploadException.DigestMismatch _) -> {}
            case Reply.Refused<Upload>(UploadException reason) -> refused(reason);
            case Reply.Lost<Upload> _ -> at = UNKNOWN;
        }
    }

    /** Leaves in the middle of a body, whose other bytes may come later or never. */
    private void leaveBehind(int count) {
        world.figures().count(Kind.REQUESTS_LEFT_BEHIND);
        int arrived = random.nextInt(count + 1);
        ScriptedBody body = body(count).bytes(bytes(at, arrived));
        left.add(new LeftBehind(body, bytes(at + arrived, count - arrived)));
        Append request = append(at, count, Verification.NONE, body);
        var _ = world.any(random).start((uploads, _) -> uploads.append(id(), request));
        at = UNKNOWN;
    }

    /** Lets some more or all bytes of a request arrive that was left behind, or its end. */
    private void settleOne() {
        if (!left.isEmpty()) {
            LeftBehind one = left.remove(random.nextInt(left.size()));
            switch (random.nextInt(4)) {
                case 0 -> one.end();
                case 1 -> one.cut();
                default -> left.add(one.trickle(random.nextInt(one.rest().length + 1)));
            }
        }
    }

    private Append append(int count, Verification verification) {
        ScriptedBody body = body(count);
        int sent = 0;
        while (sent < count) {
            int some = random.nextInt(count - sent) + 1;
            body.bytes(bytes(at + sent, some));
            sent += some;
        }
        return append(at, count, verification, body.end());
    }

    private Append append(long offset, int count, Verification verification, ScriptedBody body) {
        boolean last = offset + count == data.length;
        boolean declares = !declared && (last ? random.nextInt(3) > 0 : random.nextInt(10) == 0);
        OptionalLong length = declares ? OptionalLong.of(data.length) : OptionalLong.empty();
        return new Append(offset, length, verification, Optional.empty(), body);
    }

    /** A body whose request may tell its length. */
    private ScriptedBody body(int count) {
        return random.nextBoolean() ? ScriptedBody.ofLength(count) : ScriptedBody.chunked();
    }

    private ScriptedVerification digest(long at, int count) {
        return ScriptedVerification.of(
                DigestAlgorithm.SHA256, bytes(at, count), random.nextBoolean());
    }

    private Reply<Upload> send(Append append, Duration patience) {
        return world.any(random).ask(patience, (uploads, _) -> uploads.append(id(), append));
    }

    /** Now and then it does not wait for an answer. */
    private Duration patience() {
        return random.nextInt(12) == 0 ? Duration.ofMillis(random.nextInt(5, 200)) : PATIENT;
    }

    private byte[] bytes(long from, int count) {
        return Arrays.copyOfRange(data, (int) from, (int) from + count);
    }

    private void terminate() {
        terminating = true;
        Reply<Boolean> reply =
                world.any(random)
                        .ask(
                                patience(),
                                (uploads, _) -> {
                                    uploads.terminate(id());
                                    return true;
                                });
        if (reply instanceof Reply.Answered<Boolean>
                || (reply instanceof Reply.Refused<Boolean>(UploadException reason)
                        && (reason instanceof UploadException.Gone
                                || reason instanceof UploadException.NotFound))) {
            terminated = true;
            world.figures().count(Kind.TERMINATED);
        }
    }

    private void download() {
        Reply<byte[]> reply = world.any(random).ask(PATIENT, (uploads, _) -> content(uploads));
        switch (reply) {
            case Reply.Answered<byte[]>(byte[] bytes) -> {
                if (!Arrays.equals(bytes, data)) {
                    violation("it has other bytes than were sent");
                }
            }
            case Reply.Refused<byte[]>(UploadException reason) -> refused(reason);
            case Reply.Lost<byte[]> _ -> at = UNKNOWN;
        }
    }

    private byte[] content(Uploads uploads) throws IOException {
        Upload upload = uploads.complete(id());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        uploads.read(upload, 0, upload.offset(), piece -> copy(piece, bytes));
        return bytes.toByteArray();
    }

    private static void copy(ByteBuffer piece, ByteArrayOutputStream target) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        target.writeBytes(copy);
    }

    private UploadId id() {
        return Objects.requireNonNull(id);
    }

    /** Does, when nothing goes wrong any more, what is left to do. */
    void finish() {
        for (int tries = 0; tries < TRIES && isOpen() && id != null; tries++) {
            if (terminating) {
                terminate();
            } else {
                head();
                if (at != UNKNOWN && !(at == data.length && declared)) {
                    hear(send(append(rest(), Verification.NONE), PATIENT));
                }
            }
        }
    }

    /** Looks whether all is as the client was told. */
    void check() {
        if (id == null) {
            return;
        }
        if (terminated) {
            checkGone();
        } else if (complete) {
            download();
            if (!world.deliveries().told(id(), data.length)) {
                violation("its completion was never delivered");
            }
        } else if (!deserted) {
            violation("it is stuck at %d of %d bytes".formatted(told, data.length));
        }
    }

    private void checkGone() {
        if (world.any(random).ask(PATIENT, (uploads, _) -> uploads.head(id()))
                instanceof Reply.Answered<Upload>(Upload upload)) {
            violation("it is %s again after it was terminated".formatted(upload.state()));
        }
    }

    private void violation(String what) {
        world.violations().add("%s (%s, %d bytes): %s".formatted(name, id, data.length, what));
    }
}
