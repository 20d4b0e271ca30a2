package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentConcatenation;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Makes one object of others by having the store copy their bytes. Thread-safe. */
final class S3Concatenation implements ContentConcatenation {

    /** How many parts of several ranges may be in memory at once. */
    private static final int BUFFERS = 2;

    private static final int NOT_IMPLEMENTED = 501;

    private final S3Bucket bucket;
    private final PartSizes sizes;
    private final Semaphore buffers = new Semaphore(BUFFERS);

    S3Concatenation(S3Bucket bucket, PartSizes sizes) {
        this.bucket = bucket;
        this.sizes = sizes;
    }

    @Override
    public boolean fits(long length) {
        return sizes.copyable(length);
    }

    @Override
    public Optional<ContentReference> concatenate(
            UploadId id, List<UploadContent> sources, Progress progress) throws IOException {
        List<CopiedPart.Source> all = new ArrayList<>();
        for (UploadContent source : sources) {
            all.addAll(opened(source));
        }
        long length = all.stream().mapToLong(CopiedPart.Source::length).sum();
        List<CopiedPart> parts = CopiedPart.of(all, sizes.least(), sizes.copied(length));
        progress.report();
        try {
            S3Content.Piece made =
                    new Copies(bucket, sizes, buffers, progress).run(id, parts, length);
            return Optional.of(new S3Content(List.of(made), List.of(), List.of()).reference());
        } catch (S3RefusedException e) {
            if (e.status() == NOT_IMPLEMENTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<CopiedPart.Source> opened(UploadContent source)
            throws ContentLostException {
        return switch (source) {
            case UploadContent.Inline(ByteBuffer bytes) ->
                    List.of(new CopiedPart.Source.Held(bytes));
            case UploadContent.Stored(ContentReference reference) -> {
                S3Content content = S3Content.of(reference);
                if (!content.readable()) {
                    throw new ContentLostException("a source has not become objects");
                }
                yield content.pieces()
                        .<CopiedPart.Source>map(CopiedPart.Source.Stored::new)
                        .toList();
            }
        };
    }
}
