package io.longhaul.server.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * An append that the fuzzer makes up: right, or wrong in some ways.
 *
 * @param shift how far from the upload's offset it is
 * @param declared the length that it declares, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
record FuzzedAppend(
        byte[] bytes,
        int piece,
        long shift,
        long declared,
        boolean sized,
        boolean cut,
        Check check) {

    enum Check {
        NONE,
        RIGHT,
        WRONG,
        RIGHT_TRAILER,
        WRONG_TRAILER,
        MISSING_TRAILER
    }

    static FuzzedAppend from(FuzzInput input) {
        int flags = input.next();
        long shift = (flags & 7) == 7 ? input.next() - 128L : 0;
        long declared = (flags & 24) == 24 ? input.next() * 4L : -1;
        boolean cut = (flags & 96) == 96;
        Check check = Check.values()[input.below(12) < 6 ? 0 : input.below(Check.values().length)];
        int piece = input.below(40) + 1;
        byte[] bytes = input.take(input.next());
        return new FuzzedAppend(bytes, piece, shift, declared, (flags & 128) == 0, cut, check);
    }

    FuzzRequest request(FuzzedUpload upload) {
        OptionalLong says =
                sized ? OptionalLong.of(bytes.length + (cut ? 1 : 0)) : OptionalLong.empty();
        FuzzRequest request =
                new FuzzRequest("PATCH", upload.path, new FuzzBody(bytes, piece, cut, says));
        FuzzRequest.append(upload.offset() + shift)
                .forEach(field -> request.header(field.name(), field.value()));
        if (declared >= 0) {
            request.header("Upload-Length", Long.toString(declared));
        }
        return checked(request);
    }

    private FuzzRequest checked(FuzzRequest request) {
        return switch (check) {
            case NONE -> request;
            case RIGHT, WRONG -> request.header("Upload-Checksum", checksum());
            case RIGHT_TRAILER, WRONG_TRAILER ->
                    request.header("Trailer", "Upload-Checksum")
                            .trailer("Upload-Checksum", checksum());
            case MISSING_TRAILER -> request.header("Trailer", "Upload-Checksum");
        };
    }

    private String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            if (check == Check.WRONG || check == Check.WRONG_TRAILER) {
                digest[0]++;
            }
            return "sha1 " + Slowly.base64(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The statuses of all that is wrong with it; empty when it has to be accepted. */
    Set<Integer> refusals(FuzzedUpload upload) {
        Set<Integer> statuses = new TreeSet<>();
        if (upload.gone || upload.mayExpire()) {
            statuses.addAll(Set.of(404, 410));
        }
        if (upload.isFinal()) {
            statuses.add(403);
        }
        if (shift != 0) {
            statuses.add(upload.offset() + shift < 0 ? 400 : 409);
        }
        addLength(statuses, upload);
        if (cut) {
            statuses.add(400);
        }
        switch (check) {
            case WRONG, WRONG_TRAILER -> statuses.add(460);
            case MISSING_TRAILER -> statuses.add(400);
            case NONE, RIGHT, RIGHT_TRAILER -> {}
        }
        return statuses;
    }

    private void addLength(Set<Integer> statuses, FuzzedUpload upload) {
        Long known = upload.length;
        if (declared >= 0) {
            if (declared > RequestWorld.MAX_SIZE) {
                statuses.add(413);
            }
            if ((known != null && known != declared) || declared < upload.offset()) {
                statuses.add(400);
            }
        }
        long limit = known != null ? known : declared >= 0 ? declared : RequestWorld.MAX_SIZE;
        if (upload.offset() + Math.max(shift, 0) + bytes.length + (cut && sized ? 1 : 0) > limit) {
            statuses.add(413);
        }
    }

    /** Whether nothing of it may be kept unless all of it is. */
    boolean allOrNothing() {
        return check != Check.NONE || shift != 0;
    }

    @Override
    public String toString() {
        return "%d bytes by %d, shift %d, declares %d, sized %s, cut %s, %s"
                .formatted(bytes.length, piece, shift, declared, sized, cut, check);
    }
}
