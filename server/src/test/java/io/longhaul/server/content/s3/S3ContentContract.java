package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentStoreContract;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What every content store does, by the one on an S3-compatible store. */
@Timeout(120)
abstract class S3ContentContract extends ContentStoreContract {

    static final int MIB = 1 << 20;
    private static final int MEMORY = 64 * MIB;

    final S3Bucket bucket;
    final Slabs slabs = new Slabs(MEMORY);
    private S3ContentStore store;

    S3ContentContract(S3Bucket bucket, PartSizes sizes) {
        this.bucket = bucket;
        store = new S3ContentStore(bucket, sizes, slabs, null);
    }

    @AfterEach
    void close() {
        store.close();
        bucket.close();
    }

    @Override
    protected final S3ContentStore store() {
        return store;
    }

    /** One object many times over, for parts that are larger than all of them together. */
    @Override
    protected final ContentReference zeros(UploadId upload, long length) throws IOException {
        long piece = length / 24;
        String key = ContentKeys.tail(upload);
        bucket.put(key, S3Body.of(new byte[Math.toIntExact(piece)]));
        store = new S3ContentStore(bucket, new PartSizes(2 * length, 2 * length, 10), slabs, null);
        List<S3Content.Piece> pieces = Collections.nCopies(24, new S3Content.Piece(key, piece));
        return new S3Content(List.of(), List.of(), pieces).reference();
    }

    /** The keys of all content there is. */
    final List<String> keys() throws IOException {
        return bucket.list(ContentKeys.ALL, "", 1_000).entries().stream()
                .map(S3Entry::key)
                .toList();
    }

    /** How many multipart uploads are under way. */
    final int multiparts() throws IOException {
        return bucket.multiparts().list(ContentKeys.ALL).size();
    }

    /** Whether nobody holds memory any more. */
    final boolean allMemoryIsBack() {
        return slabs.available() == MEMORY / Slabs.SIZE;
    }
}
