package io.longhaul.server.core.service;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one append. A small upload whose bytes all come without a pause is held in
 * memory, to be stored with its record; everything else goes to the content store. Not thread-safe.
 */
final class Intake implements Closeable {

    private final ContentStore store;
    private final InlineContent inline;
    private final Upload upload;
    private final @Nullable Long length;
    private @Nullable ByteBuffer held;
    private @Nullable ContentAppend stored;
    private boolean resting;

    private Intake(ContentStore store, InlineContent inline, Upload upload, @Nullable Long length) {
        this.store = store;
        this.inline = inline;
        this.upload = upload;
        this.length = length;
    }

    /**
     * Opens an upload's content behind its offset.
     *
     * @param length of the upload; null while it is not known
     * @throws io.longhaul.server.core.content.ContentLostException when fewer bytes than the offset
     *     are there
     */
    static Intake open(
            ContentStore store,
            InlineContent inline,
            Upload upload,
            @Nullable Long length,
            UploadBody body)
            throws IOException {
        Intake intake = new Intake(store, inline, upload, length);
        if (length != null && upload.offset() == 0 && body.length().orElse(length) == length) {
            intake.held = inline.take(length).orElse(null);
        }
        if (intake.held == null && !intake.whole()) {
            intake.stored = intake.openStored();
        }
        return intake;
    }

    /** Whether the record has all bytes already: no more can come, and the store has none. */
    private boolean whole() {
        return upload.content() instanceof UploadContent.Inline;
    }

    private ContentAppend openStored() throws IOException {
        return store.append(
                upload.id(),
                new ContentPlace(reference(upload).orElse(null), upload.offset(), length));
    }

    /** What the content store calls an upload's content; empty when it has none of it. */
    static Optional<ContentReference> reference(Upload upload) {
        return upload.content() instanceof UploadContent.Stored(var reference)
                ? Optional.of(reference)
                : Optional.empty();
    }

    /** The offset behind the last byte taken. */
    long offset() {
        if (held != null) {
            return held.position();
        }
        return stored == null ? upload.offset() : stored.offset();
    }

    /**
     * Takes all remaining bytes, none of them beyond the upload's length.
     *
     * @throws StorageFullException when there was no room for all of them; {@link #offset} counts
     *     those that fitted
     */
    void write(ByteBuffer bytes) throws IOException {
        if (held != null) {
            held.put(bytes);
        } else if (bytes.hasRemaining()) {
            stored().write(bytes);
        }
    }

    /** What the record has to name, as durable as the store is configured to. */
    UploadContent flush() throws IOException {
        if (held != null && !held.hasRemaining()) {
            return new UploadContent.Inline(held.duplicate().flip());
        }
        return new UploadContent.Stored(stored().flush());
    }

    /**
     * What a record may name.
     *
     * @param offset behind the last byte of it
     */
    record Checkpoint(long offset, UploadContent content) {}

    /** The same as {@link #flush}, of what can be had without waiting for more. */
    Checkpoint checkpoint() throws IOException {
        if (stored == null) {
            return new Checkpoint(offset(), flush());
        }
        ContentAppend.Checkpoint had = stored.checkpoint();
        return new Checkpoint(had.offset(), new UploadContent.Stored(had.reference()));
    }

    /** Whether content can be read as it is. */
    boolean readable(@Nullable UploadContent content) {
        return !(content instanceof UploadContent.Stored(var reference))
                || store.readable(reference);
    }

    /** Says that the record names what {@link #flush} returned. */
    void committed() {
        if (stored != null) {
            stored.committed();
        }
    }

    /** Says that no bytes are arriving now: what waits holds neither memory nor a file. */
    void idle() throws IOException {
        if (!whole()) {
            stored().idle();
        }
        resting = true;
    }

    /** Whether nothing has come since {@link #idle}, which would do nothing more. */
    boolean resting() {
        return resting;
    }

    /**
     * Says that all bytes of the request are there; when the upload has not all of its own, they go
     * to the store.
     *
     * @throws StorageFullException as {@link #write}
     */
    void ended() throws IOException {
        if (held != null && held.hasRemaining()) {
            stored();
        }
    }

    /** The content in the store, with the bytes that were held so far. */
    private ContentAppend stored() throws IOException {
        resting = false;
        if (stored == null) {
            stored = openStored();
        }
        ByteBuffer bytes = held;
        if (bytes != null) {
            held = null;
            inline.release(bytes);
            stored.write(bytes.flip());
        }
        return stored;
    }

    @Override
    public void close() throws IOException {
        if (held != null) {
            inline.release(held);
            held = null;
        }
        if (stored != null) {
            stored.close();
        }
    }
}
