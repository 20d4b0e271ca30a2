package io.longhaul.server.fuzz;

import io.longhaul.server.core.upload.UploadId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an upload must be after the requests so far. */
final class FuzzedUpload {

    final String path;
    final boolean partial;

    /** Of a final upload; empty for any other. */
    final List<FuzzedUpload> parts;

    final ByteArrayOutputStream accepted = new ByteArrayOutputStream();
    @Nullable Long length;
    boolean gone;

    /** Since when nothing was accepted, in minutes. */
    long idle;

    FuzzedUpload(String path, boolean partial, List<FuzzedUpload> parts, @Nullable Long length) {
        this.path = path;
        this.partial = partial;
        this.parts = List.copyOf(parts);
        this.length = length;
    }

    UploadId id() {
        return new UploadId(path.substring("/files/".length()));
    }

    boolean isFinal() {
        return !parts.isEmpty();
    }

    long offset() {
        return accepted.size();
    }

    boolean complete() {
        return length != null && length == offset();
    }

    /** Whether its time may be over. */
    boolean mayExpire() {
        return isFinal() || (!complete() && idle >= RequestWorld.LIFE.toMinutes());
    }

    void accept(byte[] bytes, int count) {
        accepted.write(bytes, 0, count);
    }

    @Override
    public String toString() {
        return "%s at %d of %s%s".formatted(path, offset(), length, gone ? ", gone" : "");
    }
}
