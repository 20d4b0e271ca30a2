package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.DigestAlgorithm;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An append made up at random, and what has to come of it.
 *
 * @param declared the length that the request tells for the upload; null for none
 * @param arriving how many of the bytes arrive before the body is cut; all of them when it is not
 * @param room how many bytes the store still takes; negative when it has no end
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or keeps them
record RandomAppend(
        long offset,
        @Nullable Long declared,
        byte[] bytes,
        boolean chunked,
        int arriving,
        Check check,
        int room,
        boolean flushFails) {

    enum Check {
        NONE,
        RIGHT,
        WRONG,
        RIGHT_BEHIND,
        WRONG_BEHIND
    }

    /**
     * What comes of it.
     *
     * @param code "ok", "failed" for a store's failure, or the code of the refusal
     * @param kept the bytes that are accepted
     */
    record Outcome(String code, byte[] kept, @Nullable Long length) {}

    /**
     * @param inlineSize of an upload that the store has no part in when it comes at once
     */
    static RandomAppend to(
            ModelUpload upload, Instant now, int inlineSize, RandomGenerator random) {
        byte[] bytes = new byte[size(upload, random)];
        random.nextBytes(bytes);
        boolean cut = random.nextInt(5) == 0;
        RandomAppend sound =
                new RandomAppend(
                        offset(upload, random),
                        declared(upload, bytes.length, random),
                        bytes,
                        random.nextBoolean(),
                        cut ? random.nextInt(bytes.length + 1) : bytes.length,
                        check(random),
                        -1,
                        false);
        Outcome outcome = sound.outcome(upload, now);
        boolean stored = outcome.code().equals("ok") && !sound.inline(outcome, inlineSize);
        return stored ? sound.spoilt(random) : sound;
    }

    private boolean inline(Outcome outcome, int inlineSize) {
        return offset == 0
                && bytes.length <= inlineSize
                && outcome.length() != null
                && outcome.length() == bytes.length;
    }

    /** Sometimes the store is full, or fails. */
    private RandomAppend spoilt(RandomGenerator random) {
        boolean full = random.nextInt(10) == 0;
        boolean fails = !full && bytes.length > 0 && random.nextInt(10) == 0;
        int left = full ? random.nextInt(bytes.length + 1) : -1;
        return new RandomAppend(offset, declared, bytes, chunked, arriving, check, left, fails);
    }

    /** The same on a store without faults, and at least at that offset. */
    RandomAppend sound(long least) {
        long at = Math.max(offset, least);
        return new RandomAppend(at, declared, bytes, chunked, arriving, check, -1, false);
    }

    private static int size(ModelUpload upload, RandomGenerator random) {
        int left = left(upload);
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> left + 1 + random.nextInt(50);
            case 2, 3 -> left;
            default -> random.nextInt(left + 1);
        };
    }

    private static int left(ModelUpload upload) {
        Long length = upload.length();
        return length == null ? 500 : Math.toIntExact(length) - upload.offset();
    }

    private static long offset(ModelUpload upload, RandomGenerator random) {
        int off = random.nextInt(8) == 0 ? random.nextInt(-3, 4) : 0;
        return Math.max(0, upload.offset() + off);
    }

    private static @Nullable Long declared(ModelUpload upload, int more, RandomGenerator random) {
        long end = (long) upload.offset() + more;
        return switch (random.nextInt(upload.length() == null ? 8 : 40)) {
            case 0, 1 -> end;
            case 2 -> end + random.nextInt(100);
            case 3 -> (long) random.nextInt(upload.offset() + 1);
            default -> null;
        };
    }

    private static Check check(RandomGenerator random) {
        List<Check> all = List.of(Check.values());
        return random.nextBoolean() ? Check.NONE : all.get(random.nextInt(all.size()));
    }

    Append request(RandomGenerator random) {
        ScriptedBody body = chunked ? ScriptedBody.chunked() : ScriptedBody.ofLength(bytes.length);
        int sent = 0;
        while (sent < arriving) {
            int count = random.nextInt(arriving - sent) + 1;
            body.bytes(Arrays.copyOfRange(bytes, sent, sent + count));
            sent += count;
        }
        return request(cut() ? body.cut() : body.end());
    }

    Append request(ScriptedBody body) {
        return new Append(
                offset,
                declared == null ? OptionalLong.empty() : OptionalLong.of(declared),
                verification(),
                Optional.empty(),
                body);
    }

    private Verification verification() {
        List<DigestAlgorithm> all = List.of(DigestAlgorithm.values());
        DigestAlgorithm algorithm = all.get(bytes.length % all.size());
        ScriptedVerification before = ScriptedVerification.of(algorithm, bytes, false);
        ScriptedVerification behind = ScriptedVerification.of(algorithm, bytes, true);
        return switch (check) {
            case NONE -> Verification.NONE;
            case RIGHT -> before;
            case WRONG -> before.wrong();
            case RIGHT_BEHIND -> behind;
            case WRONG_BEHIND -> behind.wrong();
        };
    }

    private boolean cut() {
        return arriving < bytes.length;
    }

    Outcome outcome(ModelUpload upload, Instant now) {
        Long length = declared == null ? upload.length() : declared;
        Optional<String> refusal = refusal(upload, now, length);
        if (refusal.isPresent()) {
            return new Outcome(refusal.get(), new byte[0], upload.length());
        }
        int fitting = room < 0 ? arriving : Math.min(room, arriving);
        String code = ending(fitting);
        boolean lost = check == Check.NONE ? code.equals("failed") : !code.equals("ok");
        byte[] kept = Arrays.copyOf(bytes, lost ? 0 : fitting);
        return new Outcome(
                code, kept, kept.length > 0 || code.equals("ok") ? length : upload.length());
    }

    private String ending(int fitting) {
        if (fitting < arriving) {
            return "storage-full";
        }
        if (cut()) {
            return "body-cut";
        }
        if (check == Check.WRONG || check == Check.WRONG_BEHIND) {
            return "checksum-mismatch";
        }
        return flushFails ? "failed" : "ok";
    }

    private Optional<String> refusal(ModelUpload upload, Instant now, @Nullable Long length) {
        Optional<String> gone = upload.refusal(now);
        if (gone.isPresent()) {
            return gone;
        }
        if (!upload.parts().isEmpty()) {
            return Optional.of("final-upload");
        }
        if (offset != upload.offset()) {
            return Optional.of("offset-mismatch");
        }
        boolean conflict = upload.length() != null && !Objects.equals(length, upload.length());
        if (conflict || (length != null && length < offset)) {
            return Optional.of("length-conflict");
        }
        int told = chunked ? arriving : bytes.length;
        return length != null && offset + told > length
                ? Optional.of("length-exceeded")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "%d bytes at %d, length %s, chunked %s, arriving %d, %s, room %d, flush fails %s"
                .formatted(
                        bytes.length, offset, declared, chunked, arriving, check, room, flushFails);
    }
}
