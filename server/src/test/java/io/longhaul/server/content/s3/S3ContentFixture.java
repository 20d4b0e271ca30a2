package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentStoreContract;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The content store on the S3 for tests. */
@Timeout(60)
abstract class S3ContentFixture extends ContentStoreContract {

    static final int MIB = 1 << 20;

    /** Many parts of few bytes, in short lists. */
    static final PartSizes SMALL = new PartSizes(MIB, 4 * MIB, 10_000);

    final FakeS3 s3;
    final S3Bucket bucket;
    final PartSizes sizes;
    final Slabs slabs = new Slabs(16 * MIB);
    final S3ContentStore store;

    S3ContentFixture(PartSizes sizes, S3Rules rules) throws IOException {
        this.sizes = sizes;
        s3 = FakeS3.start(rules);
        bucket = bucket(s3);
        store = new S3ContentStore(bucket, sizes, slabs);
    }

    static S3Bucket bucket(FakeS3 s3) {
        return new S3Bucket(
                new S3Address(s3.endpoint(), "us-east-1", FakeS3.BUCKET, "here/", true, "i", "k"));
    }

    @AfterEach
    void close() {
        store.close();
        bucket.close();
        s3.close();
    }

    @Override
    protected S3ContentStore store() {
        return store;
    }

    @Override
    protected ContentReference zeros(UploadId upload, long length) throws IOException {
        int partSize = Math.toIntExact(sizes.least());
        int parts = Math.toIntExact(length / partSize);
        String key = ContentKeys.object(upload);
        FakeS3.Zeros zeros = s3.zeros("here/" + key, parts, partSize);
        List<String> etags = new ArrayList<>(Collections.nCopies(parts, zeros.etag()));
        S3Content.Multipart multipart =
                new S3Content.Multipart(key, zeros.uploadId(), partSize, length, List.of(), etags);
        return new S3Content(List.of(), List.of(multipart), List.of()).reference();
    }
}
