package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The multipart uploads of one append, with a few parts on their way at a time. A multipart upload
 * begins with its first part. Not thread-safe.
 */
final class PartQueue {

    /** How many parts of one upload are sent at once. */
    private static final int PARALLEL = 4;

    /** ETags in a manifest; a record has less than twice as many. */
    private static final int MANIFEST = 128;

    private final S3Bucket bucket;
    private final PartSizes sizes;
    private final UploadId id;
    private final @Nullable Long length;

    /** Those that have all their parts. */
    private final List<S3Content.Multipart> full = new ArrayList<>();

    private S3Content.@Nullable Multipart open;
    private final Deque<Sent> sent = new ArrayDeque<>();

    /** A part on its way, and its bytes. */
    private record Sent(PartUpload upload, long length) {}

    PartQueue(
            S3Bucket bucket,
            PartSizes sizes,
            UploadId id,
            @Nullable Long length,
            List<S3Content.Multipart> begun) {
        this.bucket = bucket;
        this.sizes = sizes;
        this.id = id;
        this.length = length;
        full.addAll(begun);
        if (!full.isEmpty()) {
            open = full.removeLast();
        }
    }

    /** Whether no multipart upload was begun. */
    boolean isEmpty() {
        return open == null;
    }

    /** The size of the next part, which begins at an offset. */
    long partSize(long offset) {
        S3Content.Multipart multipart = open;
        return multipart == null || parts(multipart) == sizes.parts()
                ? sizes.next(offset, length, full.size() + (multipart == null ? 0 : 1))
                : multipart.partSize();
    }

    private int parts(S3Content.Multipart multipart) {
        return multipart.manifests().size() * MANIFEST + multipart.etags().size() + sent.size();
    }

    /**
     * Sends the next part, when fewer than a few are on their way.
     *
     * @param offset at which it begins
     * @param made where the key of a new multipart upload is put down
     * @param afterwards is run when its bytes are not needed any more, also when this fails
     */
    void send(S3Body body, long offset, Set<String> made, Runnable afterwards) throws IOException {
        S3Content.Multipart multipart;
        try {
            while (sent.size() >= PARALLEL) {
                awaitOldest();
            }
            multipart = multipart(offset, made);
        } catch (IOException | RuntimeException | Error e) {
            afterwards.run();
            throw e;
        }
        int number = parts(multipart) + 1;
        long bytes = body.length(); // before its memory is given back
        PartUpload upload = PartUpload.start(() -> uploadPart(multipart, number, body), afterwards);
        sent.add(new Sent(upload, bytes));
    }

    private String uploadPart(S3Content.Multipart multipart, int number, S3Body body)
            throws IOException {
        try {
            return bucket.multiparts().uploadPart(multipart.key(), multipart.id(), number, body);
        } catch (S3RefusedException e) {
            if (!e.code().equals("NoSuchUpload")) {
                throw e;
            }
            // Somebody has deleted the upload, or made an object of the parts meanwhile.
            ContentLostException lost =
                    new ContentLostException(
                            "the multipart upload has vanished: " + multipart.key());
            lost.initCause(e);
            throw lost;
        }
    }

    private S3Content.Multipart multipart(long offset, Set<String> made) throws IOException {
        S3Content.Multipart present = open;
        if (present != null && parts(present) < sizes.parts()) {
            return present;
        }
        long partSize = partSize(offset);
        if (present != null) {
            await();
            full.add(Objects.requireNonNull(open));
        }
        String key = ContentKeys.object(id);
        made.add(key);
        String upload = bucket.multiparts().create(key);
        S3Content.Multipart begun =
                new S3Content.Multipart(key, upload, partSize, 0, List.of(), List.of());
        open = begun;
        return begun;
    }

    /** Whether parts are on their way, whose memory comes back. */
    boolean busy() {
        return !sent.isEmpty();
    }

    /** Looks for failures among the parts that have ended. */
    void look() throws IOException {
        while (!sent.isEmpty() && sent.getFirst().upload().over()) {
            awaitOldest();
        }
    }

    void awaitOldest() throws IOException {
        Sent oldest = sent.getFirst();
        String etag = oldest.upload().etag();
        sent.removeFirst();
        S3Content.Multipart before = Objects.requireNonNull(open);
        List<String> etags = new ArrayList<>(before.etags());
        etags.add(etag);
        open =
                new S3Content.Multipart(
                        before.key(),
                        before.id(),
                        before.partSize(),
                        before.length() + oldest.length(),
                        before.manifests(),
                        List.copyOf(etags));
    }

    private void await() throws IOException {
        while (!sent.isEmpty()) {
            awaitOldest();
        }
    }

    /** How many bytes are in parts that have arrived. */
    long arrived() {
        S3Content.Multipart last = open;
        return full.stream().mapToLong(S3Content.Multipart::length).sum()
                + (last == null ? 0 : last.length());
    }

    /** The same as {@link #arrived} of all parts, for which it waits. */
    List<S3Content.Multipart> flush(Set<String> made) throws IOException {
        await();
        return arrived(made);
    }

    /**
     * The multipart uploads with the parts that have arrived; writes away long lists of them.
     *
     * @param made where the keys of such lists are put down
     */
    List<S3Content.Multipart> arrived(Set<String> made) throws IOException {
        S3Content.Multipart multipart = open;
        if (multipart == null) {
            return List.of();
        }
        while (multipart.etags().size() >= 2 * MANIFEST) {
            multipart = shortened(multipart, made);
        }
        open = multipart;
        List<S3Content.Multipart> all = new ArrayList<>(full);
        all.add(multipart);
        return List.copyOf(all);
    }

    private S3Content.Multipart shortened(S3Content.Multipart multipart, Set<String> made)
            throws IOException {
        String key = ContentKeys.manifest(id);
        made.add(key);
        bucket.put(key, Manifest.body(multipart.etags().subList(0, MANIFEST)));
        List<String> manifests = new ArrayList<>(multipart.manifests());
        manifests.add(key);
        return new S3Content.Multipart(
                multipart.key(),
                multipart.id(),
                multipart.partSize(),
                multipart.length(),
                List.copyOf(manifests),
                multipart.etags().subList(MANIFEST, multipart.etags().size()));
    }

    /** Gives up what is on its way. */
    void cancel() {
        sent.forEach(each -> each.upload().cancel());
        sent.clear();
    }

    /**
     * Ends the multipart uploads that nobody will ever name.
     *
     * @param keys among others theirs, which are taken out
     */
    void abandon(Set<String> keys) throws IOException {
        if (open != null) {
            full.add(open);
        }
        for (S3Content.Multipart each : full) {
            if (keys.remove(each.key())) {
                bucket.multiparts().abort(each.key(), each.id());
            }
        }
    }
}
