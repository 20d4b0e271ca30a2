package io.longhaul.server.content.s3;

import io.longhaul.server.s3.S3Multiparts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The multipart upload that parts are added to, and those that have arrived. Only its parts wait
 * until the store has begun it, not who adds them. Any thread may ask for its id; everything else
 * is for one.
 */
final class OpenMultipart {

    private final S3Content.Multipart base;

    /** Answers with the id; null when the base has it. */
    private final @Nullable BackgroundCall creation;

    private final List<String> manifests;
    private final List<String> etags;
    private long length;

    private OpenMultipart(S3Content.Multipart base, @Nullable BackgroundCall creation) {
        this.base = base;
        this.creation = creation;
        manifests = new ArrayList<>(base.manifests());
        etags = new ArrayList<>(base.etags());
        length = base.length();
    }

    /** Goes on with one that a record names. */
    static OpenMultipart of(S3Content.Multipart named) {
        return new OpenMultipart(named, null);
    }

    /** Has the store begin one. */
    static OpenMultipart begin(S3Multiparts multiparts, String key, long partSize) {
        return new OpenMultipart(
                new S3Content.Multipart(key, "", partSize, 0, List.of(), List.of()),
                BackgroundCall.start(() -> multiparts.create(key), () -> {}));
    }

    String key() {
        return base.key();
    }

    long partSize() {
        return base.partSize();
    }

    /** Waits for the store's id of it. */
    String id() throws IOException {
        return creation == null ? base.id() : creation.answer();
    }

    /** How many parts have arrived. */
    int parts() {
        return manifests.size() * Manifest.ETAGS + etags.size();
    }

    /** How many bytes have arrived. */
    long length() {
        return length;
    }

    /** Counts the next part. */
    void add(String etag, long bytes) {
        etags.add(etag);
        length += bytes;
    }

    /** The oldest ETags that no manifest has, for another one; empty while there are few. */
    List<String> ripe() {
        return etags.size() < 2 * Manifest.ETAGS
                ? List.of()
                : List.copyOf(etags.subList(0, Manifest.ETAGS));
    }

    /** Says that the {@link #ripe} ones are in a manifest now. */
    void shorten(String manifest) {
        manifests.add(manifest);
        etags.subList(0, Manifest.ETAGS).clear();
    }

    /** What a record may name, as soon as the store has begun it. */
    S3Content.Multipart arrived() throws IOException {
        return new S3Content.Multipart(
                key(), id(), partSize(), length, List.copyOf(manifests), List.copyOf(etags));
    }

    /** Ends it; if nobody knows whether the store has begun it, the search for orphans does. */
    void abort(S3Multiparts multiparts) throws IOException {
        String id;
        try {
            id = id();
        } catch (IOException _) {
            return;
        }
        multiparts.abort(key(), id);
    }
}
