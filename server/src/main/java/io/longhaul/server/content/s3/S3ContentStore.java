package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentConcatenation;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Links;
import io.longhaul.server.s3.S3Multipart;
import io.longhaul.server.s3.S3Page;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of uploads in an S3-compatible store, for any number of processes at once: as
 * parts of multipart uploads, and those behind the last part as objects that are written anew. What
 * a record names is never written again but for parts, and for these by the same bytes only.
 * Thread-safe.
 */
public final class S3ContentStore implements ContentStore, Closeable {

    private static final int PAGE = 1_000;

    private final S3Bucket bucket;
    private final PartSizes sizes;
    private final Slabs slabs;
    private final @Nullable S3Links links;
    private final S3Concatenation concatenation;

    /**
     * Opens the store; asks nobody.
     *
     * @param memory bytes outside the heap in which parts wait to be sent, for all uploads together
     * @param links to what is in the bucket; null when nobody is to have any
     */
    public S3ContentStore(S3Bucket bucket, long memory, @Nullable S3Links links) {
        this(bucket, PartSizes.DEFAULT, new Slabs(memory), links);
    }

    S3ContentStore(S3Bucket bucket, PartSizes sizes, Slabs slabs, @Nullable S3Links links) {
        this.bucket = bucket;
        this.sizes = sizes;
        this.slabs = slabs;
        this.links = links;
        concatenation = new S3Concatenation(bucket, sizes);
    }

    /** Whether the content of any upload is in a bucket. */
    public static boolean hasContent(S3Bucket bucket) throws IOException {
        return !bucket.list(ContentKeys.ALL, "", 1).entries().isEmpty()
                || !bucket.multiparts().list(ContentKeys.ALL).isEmpty();
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) throws IOException {
        S3Content content = S3Content.of(place.reference());
        if (content.length() != place.offset()) {
            throw new ContentLostException(
                    "the content of upload %s has %d bytes, not %d"
                            .formatted(id, content.length(), place.offset()));
        }
        PartQueue parts = new PartQueue(bucket, sizes, id, place.length(), content.multiparts());
        return new S3ContentAppend(bucket, slabs, id, place.length(), parts, content);
    }

    @Override
    public boolean readable(ContentReference reference) {
        try {
            return S3Content.of(reference).readable();
        } catch (ContentLostException _) { // told by the call that asks the store
            return false;
        }
    }

    @Override
    public ContentReference assemble(ContentReference reference) throws IOException {
        S3Content content = S3Content.of(reference);
        if (content.readable()) {
            return reference;
        }
        List<S3Content.Piece> objects = new ArrayList<>();
        for (S3Content.Multipart multipart : content.multiparts()) {
            objects.add(new Assembling(bucket, multipart).run());
        }
        objects.addAll(content.tail());
        return new S3Content(objects, List.of(), List.of()).reference();
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        if (count > 0) {
            new S3Reading(bucket, count, sink).read(S3Content.of(reference), position, count);
        }
    }

    /** First the multipart uploads: nobody can complete one then, and bring an object back. */
    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) throws IOException {
        String prefix = ContentKeys.prefix(id);
        for (S3Multipart multipart : bucket.multiparts().list(prefix)) {
            bucket.multiparts().abort(multipart.key(), multipart.uploadId());
        }
        S3Page page;
        do {
            page = bucket.list(prefix, "", PAGE);
            bucket.delete(page.entries().stream().map(S3Entry::key).toList());
        } while (page.more());
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException {
        return new S3OrphanSweep(bucket, unchangedSince, claims).run();
    }

    @Override
    public Optional<ContentConcatenation> concatenation() {
        return Optional.of(concatenation);
    }

    /** Only for content that is one object. */
    @Override
    public Optional<URI> link(ContentReference reference, String mediaType, String disposition)
            throws IOException {
        S3Content content = S3Content.of(reference);
        List<S3Content.Piece> pieces = content.pieces().toList();
        return links != null && content.readable() && pieces.size() == 1
                ? Optional.of(links.link(pieces.getFirst().key(), mediaType, disposition))
                : Optional.empty();
    }

    @Override
    public OptionalLong usableBytes() {
        return OptionalLong.empty();
    }

    /** Gives the memory back; no append may be open. The bucket and the links stay open. */
    @Override
    public void close() {
        slabs.close();
    }
}
