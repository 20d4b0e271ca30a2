package io.longhaul.server.testing;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A content store whose content has to be assembled before it can be read, and fails to do so when
 * it is told to; else it does what the store behind it does. Thread-safe.
 */
public final class AssemblingContentStore implements ContentStore {

    private static final String IN_PARTS = "in parts: ";

    private final ContentStore store;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final AtomicInteger assembled = new AtomicInteger();

    public AssemblingContentStore(ContentStore store) {
        this.store = store;
    }

    /** Fails every assembly from now on; null for none. */
    public void fail(@Nullable IOException with) {
        failure.set(with);
    }

    /** How often something was assembled. */
    public int assembled() {
        return assembled.get();
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) throws IOException {
        ContentReference reference = place.reference();
        return new Append(
                store.append(
                        id,
                        new ContentPlace(
                                reference == null ? null : whole(reference),
                                place.offset(),
                                place.length())));
    }

    @Override
    public boolean readable(ContentReference reference) {
        return !reference.value().startsWith(IN_PARTS);
    }

    @Override
    public ContentReference assemble(ContentReference reference) throws IOException {
        IOException told = failure.get();
        if (told != null) {
            throw told;
        }
        assembled.incrementAndGet();
        return whole(reference);
    }

    private static ContentReference whole(ContentReference reference) {
        String value = reference.value();
        return value.startsWith(IN_PARTS)
                ? new ContentReference(value.substring(IN_PARTS.length()))
                : reference;
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        if (!readable(reference)) {
            throw new IOException("asked to read what is not assembled");
        }
        store.read(reference, position, count, sink);
    }

    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) throws IOException {
        store.delete(id, reference == null ? null : whole(reference));
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException {
        return store.deleteOrphans(unchangedSince, claims);
    }

    @Override
    public OptionalLong usableBytes() {
        return store.usableBytes();
    }

    private record Append(ContentAppend append) implements ContentAppend {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            append.write(bytes);
        }

        @Override
        public long offset() {
            return append.offset();
        }

        @Override
        public ContentReference flush() throws IOException {
            return new ContentReference(IN_PARTS + append.flush().value());
        }

        @Override
        public void committed() {
            append.committed();
        }

        @Override
        public void idle() throws IOException {
            append.idle();
        }

        @Override
        public void close() throws IOException {
            append.close();
        }
    }
}
