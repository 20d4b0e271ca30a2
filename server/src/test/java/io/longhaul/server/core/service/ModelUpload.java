package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an upload has to be, by the simplest means: the bytes that were accepted, in a row. */
final class ModelUpload {

    /** How long an incomplete upload lives, and how long a gone one is remembered. */
    static final Duration LIFE = Duration.ofHours(1);

    private final UploadId id;
    private final boolean partial;
    private final List<ModelUpload> parts;
    private final ByteArrayOutputStream accepted = new ByteArrayOutputStream();
    private @Nullable Long length;
    private @Nullable UploadState state;
    private @Nullable Instant expires;

    /**
     * @param parts of a final upload; none for another
     */
    ModelUpload(
            UploadId id,
            boolean partial,
            List<ModelUpload> parts,
            @Nullable Long length,
            Instant now) {
        this.id = id;
        this.partial = partial;
        this.parts = List.copyOf(parts);
        accept(new byte[0], length, now);
    }

    void accept(byte[] bytes, @Nullable Long declared, Instant now) {
        accepted.writeBytes(bytes);
        length = declared;
        boolean complete = declared != null && accepted.size() == declared;
        state = complete ? UploadState.COMPLETE : UploadState.RECEIVING;
        expires = complete ? null : now.plus(LIFE);
    }

    /** The upload is gone from now on. */
    void end(UploadState how, Instant now) {
        state = how;
        expires = now.plus(LIFE);
    }

    void remember(Instant now) {
        expires = now.plus(LIFE);
    }

    void forget() {
        state = null;
        expires = null;
    }

    /** Completes a final upload whose parts are there, and rejects one that has lost a part. */
    void look(Instant now) {
        if (parts.isEmpty() || state != UploadState.RECEIVING || overdue(now)) {
            return;
        }
        if (parts.stream().anyMatch(ModelUpload::gone)) {
            end(UploadState.REJECTED, now);
        } else if (parts.stream().allMatch(ModelUpload::complete)) {
            parts.forEach(part -> accepted.writeBytes(part.bytes()));
            accept(new byte[0], (long) accepted.size(), now);
        }
    }

    /** The code with which every use of the upload is refused; empty for a live one. */
    Optional<String> refusal(Instant now) {
        if (state == null) {
            return Optional.of("upload-not-found");
        }
        if (gone()) {
            return Optional.of("upload-" + state.name().toLowerCase(Locale.ROOT));
        }
        return overdue(now) ? Optional.of("upload-expired") : Optional.empty();
    }

    UploadId id() {
        return id;
    }

    boolean partial() {
        return partial;
    }

    List<ModelUpload> parts() {
        return parts;
    }

    byte[] bytes() {
        return accepted.toByteArray();
    }

    int offset() {
        return accepted.size();
    }

    @Nullable Long length() {
        return length;
    }

    @Nullable UploadState state() {
        return state;
    }

    @Nullable Instant expires() {
        return expires;
    }

    boolean overdue(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    boolean complete() {
        return state == UploadState.COMPLETE;
    }

    boolean gone() {
        return state == null || state.gone();
    }

    @Override
    public String toString() {
        return "%s %s %d/%s".formatted(id.value().substring(0, 4), state, offset(), length);
    }
}
