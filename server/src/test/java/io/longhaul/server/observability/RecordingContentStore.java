package io.longhaul.server.observability;

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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A content store that writes down what it is asked for, and fails every deletion. */
final class RecordingContentStore implements ContentStore, ContentAppend {

    static final ContentReference REFERENCE = new ContentReference("there");
    static final ContentReference ASSEMBLED = new ContentReference("assembled");

    final List<String> asked = new ArrayList<>();
    private final long usable;

    /** A negative number of bytes stands for an unknown one. */
    RecordingContentStore(long usable) {
        this.usable = usable;
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) {
        asked.add("append at " + place.offset());
        return this;
    }

    @Override
    public boolean readable(ContentReference reference) {
        return !reference.equals(REFERENCE);
    }

    @Override
    public ContentReference assemble(ContentReference reference) {
        asked.add("assemble " + reference.value());
        return ASSEMBLED;
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        asked.add("read %d at %d".formatted(count, position));
        sink.accept(ByteBuffer.allocate((int) count));
    }

    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) throws IOException {
        throw new IOException("the store fails");
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) {
        asked.add("delete orphans");
        return 5;
    }

    @Override
    public OptionalLong usableBytes() {
        return usable < 0 ? OptionalLong.empty() : OptionalLong.of(usable);
    }

    @Override
    public void write(ByteBuffer bytes) {
        asked.add("write " + bytes.remaining());
    }

    @Override
    public long offset() {
        return 42;
    }

    @Override
    public ContentReference flush() {
        asked.add("flush");
        return REFERENCE;
    }

    @Override
    public void committed() {
        asked.add("committed");
    }

    @Override
    public void idle() {
        asked.add("idle");
    }

    @Override
    public void close() {
        asked.add("close");
    }
}
