package io.longhaul.server.observability;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentConcatenation;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Times the operations of a content store as {@code longhaul.content}. A read is timed with its
 * sink, so a slow reader shows as a slow read. As thread-safe as the store.
 */
public final class MeteredContentStore implements ContentStore {

    private final ContentStore store;
    private final Timing timing;

    public MeteredContentStore(ContentStore store, MeterRegistry registry) {
        this.store = store;
        timing = new Timing(registry, "longhaul.content", "Operations on the bytes of uploads");
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) throws IOException {
        return new MeteredAppend(timing.time("append", () -> store.append(id, place)), timing);
    }

    @Override
    public boolean readable(ContentReference reference) {
        return store.readable(reference);
    }

    @Override
    public ContentReference assemble(ContentReference reference) throws IOException {
        return timing.time("assemble", () -> store.assemble(reference));
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        timing.time("read", () -> store.read(reference, position, count, sink));
    }

    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) throws IOException {
        timing.time("delete", () -> store.delete(id, reference));
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException {
        return timing.time("delete-orphans", () -> store.deleteOrphans(unchangedSince, claims));
    }

    @Override
    public Optional<ContentConcatenation> concatenation() {
        return store.concatenation().map(each -> new MeteredConcatenation(each, timing));
    }

    @Override
    public Optional<URI> link(ContentReference reference, String mediaType, String disposition)
            throws IOException {
        return store.link(reference, mediaType, disposition);
    }

    @Override
    public OptionalLong usableBytes() {
        return store.usableBytes();
    }

    private record MeteredConcatenation(ContentConcatenation concatenation, Timing timing)
            implements ContentConcatenation {

        @Override
        public boolean fits(long length) {
            return concatenation.fits(length);
        }

        @Override
        public Optional<ContentReference> concatenate(
                UploadId id, List<UploadContent> sources, Progress progress) throws IOException {
            return timing.time(
                    "concatenate", () -> concatenation.concatenate(id, sources, progress));
        }
    }

    private record MeteredAppend(ContentAppend append, Timing timing) implements ContentAppend {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            timing.time("write", () -> append.write(bytes));
        }

        @Override
        public long offset() {
            return append.offset();
        }

        @Override
        public ContentReference flush() throws IOException {
            return timing.time("flush", append::flush);
        }

        @Override
        public Checkpoint checkpoint() throws IOException {
            return timing.time("flush", append::checkpoint);
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
