package io.longhaul.server.testing;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps content in memory, for tests of what stands on a content store. Thread-safe. */
public final class InMemoryContentStore implements ContentStore {

    private final Map<UploadId, Stored> contents = new ConcurrentHashMap<>();
    private final Clock clock;

    /** The bytes of an upload and when they were last written. */
    private record Stored(InMemoryContent bytes, Instant changed) {}

    public InMemoryContentStore() {
        this(Clock.systemUTC());
    }

    public InMemoryContentStore(Clock clock) {
        this.clock = clock;
    }

    /** How many uploads have content. */
    public int count() {
        return contents.size();
    }

    /** Gives an upload that many flushed zeros, which take no space. */
    public ContentReference zeros(UploadId id, long length) {
        InMemoryContent content = new InMemoryContent();
        content.addZeros(length);
        content.flush();
        contents.put(id, new Stored(content, clock.instant()));
        return reference(id);
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) throws IOException {
        long offset = place.offset();
        Optional<InMemoryContent> content = find(id);
        if (content.isPresent()) {
            content.get().requireFlushed(offset);
            cut(id, content.get(), offset);
        } else if (offset > 0) {
            throw lost();
        }
        return new Append(id, offset == 0 ? new InMemoryContent() : content.orElseThrow(), offset);
    }

    @Override
    public boolean readable(ContentReference reference) {
        return true;
    }

    @Override
    public ContentReference assemble(ContentReference reference) {
        return reference;
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        if (count > 0) {
            UploadId id = UploadId.parse(reference.value()).orElseThrow(InMemoryContentStore::lost);
            InMemoryContent content = find(id).orElseThrow(InMemoryContentStore::lost);
            content.requireFlushed(Math.addExact(position, count));
            content.read(position, count, sink);
        }
    }

    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) {
        contents.remove(id);
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException {
        List<UploadId> old =
                contents.entrySet().stream()
                        .filter(entry -> entry.getValue().changed().isBefore(unchangedSince))
                        .map(Map.Entry::getKey)
                        .toList();
        int deleted = 0;
        for (UploadId id : old) {
            if (claims.of(id) instanceof ContentClaims.Nothing) {
                contents.remove(id);
                deleted++;
            }
        }
        return deleted;
    }

    @Override
    public OptionalLong usableBytes() {
        return OptionalLong.empty();
    }

    private Optional<InMemoryContent> find(UploadId id) {
        return Optional.ofNullable(contents.get(id)).map(Stored::bytes);
    }

    private void cut(UploadId id, InMemoryContent content, long length) {
        content.cut(length);
        if (length == 0) {
            contents.remove(id);
        }
    }

    private static ContentReference reference(UploadId id) {
        return new ContentReference(id.value());
    }

    private static ContentLostException lost() {
        return new ContentLostException("there is no content");
    }

    private final class Append implements ContentAppend {

        private final UploadId id;
        private final InMemoryContent content;
        private boolean begun;
        private boolean closed;

        Append(UploadId id, InMemoryContent content, long offset) {
            this.id = id;
            this.content = content;
            begun = offset > 0;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            requireOpen();
            if (!bytes.hasRemaining()) {
                return;
            }
            content.write(bytes);
            Stored stored = new Stored(content, clock.instant());
            if (begun) {
                contents.replace(id, stored);
            } else {
                contents.put(id, stored);
                begun = true;
            }
        }

        @Override
        public long offset() {
            return content.length();
        }

        @Override
        public ContentReference flush() throws IOException {
            requireOpen();
            content.flush();
            return reference(id);
        }

        @Override
        public void committed() {
            // An earlier reference names the same content.
        }

        @Override
        public void idle() throws IOException {
            requireOpen();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                cut(id, content, content.flushed());
            }
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new IOException("this append is closed");
            }
        }
    }
}
