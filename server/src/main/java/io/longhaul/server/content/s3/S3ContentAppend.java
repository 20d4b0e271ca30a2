package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.StoreUnavailableException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the content of one upload. Full parts are sent while more bytes come; a flush waits
 * for them and writes what is behind the last one to a new object of the tail. The objects that
 * this makes superfluous are deleted only after the record names the new ones.
 */
final class S3ContentAppend implements ContentAppend {

    private final S3Bucket bucket;
    private final Slabs slabs;
    private final UploadId id;
    private final @Nullable Long length;
    private final PartQueue parts;

    /** Keys that were written here, and that what was flushed may not name. */
    private final Set<String> made = new HashSet<>();

    private S3Content committed;
    private S3Content flushed;
    private OpenPart part;
    private long partStart;
    private long offset;

    /** Behind the last part sent that has bytes in objects of the tail, too. */
    private long joint;

    private boolean broken;
    private boolean away;
    private boolean closed;

    /**
     * @param content what the record names
     * @param length of the whole upload; null while it is not known
     */
    S3ContentAppend(
            S3Bucket bucket,
            Slabs slabs,
            UploadId id,
            @Nullable Long length,
            PartQueue parts,
            S3Content content) {
        this.bucket = bucket;
        this.slabs = slabs;
        this.id = id;
        this.length = length;
        this.parts = parts;
        committed = content;
        flushed = content;
        offset = content.length();
        part = new OpenPart(bucket, slabs, content.tail());
        partStart = offset - part.length();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        requireUsable();
        if (!flushed.objects().isEmpty() && bytes.hasRemaining()) {
            throw new IOException("the content of upload %s is complete".formatted(id));
        }
        try {
            parts.look();
            while (bytes.hasRemaining()) {
                writeSome(bytes);
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    private void writeSome(ByteBuffer bytes) throws IOException {
        long partEnd = partStart + parts.partSize(partStart);
        if (part.full()) {
            part.add(slab());
        }
        offset += part.put(bytes, partEnd - offset);
        if (offset == partEnd && !(atEnd() && parts.isEmpty())) {
            sendPart();
        }
    }

    /** Whoever has none waits for others to give theirs back, and holds none meanwhile. */
    private ByteBuffer slab() throws IOException {
        var slab = slabs.tryTake();
        while (slab.isEmpty() && parts.busy()) {
            parts.awaitOldest();
            slab = slabs.tryTake();
        }
        if (slab.isPresent()) {
            return slab.get();
        }
        spill();
        return slabs.take();
    }

    private void spill() throws IOException {
        part.store(ContentKeys.tail(id), made);
        part.forget();
    }

    private void sendPart() throws IOException {
        if (!part.stored().isEmpty()) {
            joint = offset;
        }
        parts.send(part.body(), partStart, made, part::release);
        beginPart(List.of());
    }

    private void beginPart(List<S3Content.Piece> stored) {
        part = new OpenPart(bucket, slabs, stored);
        partStart = offset - part.length();
    }

    private boolean atEnd() {
        return length != null && offset == length;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public ContentReference flush() throws IOException {
        requireUsable();
        if (offset == flushed.length() && (!atEnd() || flushed.tail().isEmpty())) {
            return flushed.reference();
        }
        try {
            flushed = atEnd() ? finished() : unfinished();
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
        return flushed.reference();
    }

    /** The parts that have arrived, unless others need objects of a tail. */
    @Override
    public Checkpoint checkpoint() throws IOException {
        requireUsable();
        try {
            parts.look();
            long arrived = parts.arrived();
            if (arrived > flushed.length() && arrived >= joint && part.stored().isEmpty()) {
                flushed = new S3Content(List.of(), parts.arrived(made), List.of());
                return new Checkpoint(arrived, flushed.reference());
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
        return ContentAppend.super.checkpoint();
    }

    private S3Content unfinished() throws IOException {
        part.store(ContentKeys.tail(id), made);
        return new S3Content(List.of(), parts.flush(made), part.stored());
    }

    /** The last part is shorter than the others; what fits one part needs no multipart upload. */
    private S3Content finished() throws IOException {
        if (parts.isEmpty()) {
            S3Content.Piece whole = whole();
            part.release();
            beginPart(List.of());
            return new S3Content(List.of(whole), List.of(), List.of());
        }
        if (part.length() > 0) {
            sendPart();
        }
        return new S3Content(List.of(), parts.flush(made), List.of());
    }

    private S3Content.Piece whole() throws IOException {
        PartBody body = part.body();
        List<S3Content.Piece> stored = part.stored();
        if (stored.size() == 1 && stored.getFirst().length() == body.length()) {
            return stored.getFirst();
        }
        String key = ContentKeys.object(id);
        made.add(key);
        bucket.put(key, body);
        return new S3Content.Piece(key, body.length());
    }

    @Override
    public void committed() {
        Set<String> named = flushed.keys().collect(HashSet::new, Set::add, Set::addAll);
        List<String> superfluous =
                Stream.concat(committed.keys(), made.stream())
                        .filter(key -> !named.contains(key))
                        .distinct()
                        .toList();
        committed = flushed;
        made.clear();
        delete(superfluous);
    }

    private void delete(List<String> keys) {
        try {
            bucket.delete(keys);
        } catch (IOException _) {
            // The search for orphans finds them.
        }
    }

    @Override
    public void idle() throws IOException {
        requireUsable();
        if (slabs.scarce()) {
            try {
                spill();
            } catch (IOException | RuntimeException e) {
                failed(e);
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        parts.cancel();
        part.release();
        if (away) { // it would only be waited for once more; the search for orphans comes later
            return;
        }
        committed.keys().forEach(made::remove);
        flushed.keys().forEach(made::remove);
        try {
            parts.abandon(made);
        } finally {
            delete(List.copyOf(made));
        }
    }

    private void failed(Exception failure) {
        broken = true;
        away = failure instanceof StoreUnavailableException;
    }

    private void requireUsable() throws IOException {
        if (closed) {
            throw new IOException("this append is closed");
        }
        if (broken) {
            throw new IOException("an earlier write or flush of upload %s failed".formatted(id));
        }
    }
}
