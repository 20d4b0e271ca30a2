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

    private final S3Bucket bucket;
    private final PartSizes sizes;
    private final UploadId id;
    private final @Nullable Long length;

    /** Those that have all their parts. */
    private final List<S3Content.Multipart> full = new ArrayList<>();

    private @Nullable OpenMultipart open;
    private final Deque<Sent> sent = new ArrayDeque<>();

    /** A part on its way, and its bytes. */
    private record Sent(BackgroundCall upload, long length) {}

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
            open = OpenMultipart.of(full.removeLast());
        }
    }

    /** Whether no multipart upload was begun. */
    boolean isEmpty() {
        return open == null;
    }

    /** The size of the next part, which begins at an offset. */
    long partSize(long offset) {
        OpenMultipart multipart = open;
        return multipart == null || parts(multipart) == sizes.parts()
                ? sizes.next(offset, length, full.size() + (multipart == null ? 0 : 1))
                : multipart.partSize();
    }

    private int parts(OpenMultipart multipart) {
        return multipart.parts() + sent.size();
    }

    /**
     * Sends the next part, when fewer than a few are on their way.
     *
     * @param offset at which it begins
     * @param made where the key of a new multipart upload is put down
     * @param afterwards is run when its bytes are not needed any more, also when this fails
     */
    void send(S3Body body, long offset, Set<String> made, Runnable afterwards) throws IOException {
        OpenMultipart multipart;
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
        BackgroundCall upload =
                BackgroundCall.start(() -> uploadPart(multipart, number, body), afterwards);
        sent.add(new Sent(upload, bytes));
    }

    private String uploadPart(OpenMultipart multipart, int number, S3Body body) throws IOException {
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

    private OpenMultipart multipart(long offset, Set<String> made) throws IOException {
        OpenMultipart present = open;
        if (present != null && parts(present) < sizes.parts()) {
            return present;
        }
        long partSize = partSize(offset);
        if (present != null) {
            await();
            full.add(present.arrived());
        }
        String key = ContentKeys.object(id);
        made.add(key);
        OpenMultipart begun = OpenMultipart.begin(bucket.multiparts(), key, partSize);
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
        String etag = oldest.upload().answer();
        sent.removeFirst();
        Objects.requireNonNull(open).add(etag, oldest.length());
    }

    private void await() throws IOException {
        while (!sent.isEmpty()) {
            awaitOldest();
        }
    }

    /** How many bytes are in parts that have arrived. */
    long arrived() {
        OpenMultipart last = open;
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
        OpenMultipart multipart = open;
        if (multipart == null) {
            return List.of();
        }
        List<String> ripe = multipart.ripe();
        while (!ripe.isEmpty()) {
            String key = ContentKeys.manifest(id);
            made.add(key);
            bucket.put(key, Manifest.body(ripe));
            multipart.shorten(key);
            ripe = multipart.ripe();
        }
        List<S3Content.Multipart> all = new ArrayList<>(full);
        all.add(multipart.arrived());
        return List.copyOf(all);
    }

    /** Gives up what is on its way. */
    void cancel() {
        sent.forEach(each -> each.upload().cancel());
        sent.clear();
    }

    /**
     * Ends the multipart uploads that nobody will ever name, after {@link #cancel}.
     *
     * @param keys among others theirs, which are taken out
     */
    void abandon(Set<String> keys) throws IOException {
        for (S3Content.Multipart each : full) {
            if (keys.remove(each.key())) {
                bucket.multiparts().abort(each.key(), each.id());
            }
        }
        if (open != null && keys.remove(open.key())) {
            open.abort(bucket.multiparts());
        }
    }
}
