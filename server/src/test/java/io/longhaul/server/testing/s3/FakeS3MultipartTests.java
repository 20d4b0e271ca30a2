package io.longhaul.server.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Multipart uploads to the fake store, as the real client of S3 sees them. */
final class FakeS3MultipartTests extends FakeS3Fixture {

    FakeS3MultipartTests() throws IOException {}

    @Test
    void putsPartsTogether() {
        String id = begin();
        CompletedPart first = part(id, 1, "0123456789");
        CompletedPart replaced = part(id, 2, "to be replaced");
        CompletedPart second = part(id, 2, "end");
        var listed =
                s3.listParts(
                        request -> request.bucket(FakeS3.BUCKET).key(KEY).uploadId(id).maxParts(1));

        assertThat(listed.isTruncated()).isTrue();
        assertThat(listed.nextPartNumberMarker()).isEqualTo(1);
        assertThat(listed.parts().getFirst().size()).isEqualTo(10);
        assertRefused(400, "InvalidPart", () -> complete(id, first, replaced));
        assertRefused(400, "InvalidPartOrder", () -> complete(id, second, first));
        assertRefused(400, "InvalidPart", () -> complete(id, first));
        complete(id, first, second);
        assertThat(text(KEY)).isEqualTo("0123456789end");
        assertRefused(404, "NoSuchUpload", () -> complete(id, first, second));
        assertRefused(404, "NoSuchUpload", () -> part(id, 3, "late"));
        assertThat(store.multiparts()).isZero();
    }

    @Test
    void refusesShortPartsInTheMiddle() {
        String id = begin();
        CompletedPart first = part(id, 1, "012345678");
        CompletedPart second = part(id, 2, "end");

        assertRefused(400, "EntityTooSmall", () -> complete(id, first, second));

        s3.abortMultipartUpload(request -> request.bucket(FakeS3.BUCKET).key(KEY).uploadId(id));
        assertThat(store.multiparts()).isZero();
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void tellsOfMultipartUploadsThatAreUnderWay() {
        String id = begin();

        var listed = s3.listMultipartUploads(request -> request.bucket(FakeS3.BUCKET).prefix("a/"));

        assertThat(listed.uploads())
                .singleElement()
                .satisfies(
                        upload -> {
                            assertThat(upload.uploadId()).isEqualTo(id);
                            assertThat(upload.key()).isEqualTo(KEY);
                        });
        assertThat(
                        s3.listMultipartUploads(
                                        request -> request.bucket(FakeS3.BUCKET).prefix("b/"))
                                .uploads())
                .isEmpty();
    }

    @Test
    void copiesARangeIntoAPart() {
        put("source", "0123456789abcdef");
        String id = begin();
        String etag =
                s3.uploadPartCopy(
                                request ->
                                        request.sourceBucket(FakeS3.BUCKET)
                                                .sourceKey("source")
                                                .copySourceRange("bytes=3-12")
                                                .destinationBucket(FakeS3.BUCKET)
                                                .destinationKey(KEY)
                                                .uploadId(id)
                                                .partNumber(1))
                        .copyPartResult()
                        .eTag();

        complete(id, CompletedPart.builder().partNumber(1).eTag(etag).build());

        assertThat(text(KEY)).isEqualTo("3456789abc");
    }

    private String begin() {
        return s3.createMultipartUpload(request -> request.bucket(FakeS3.BUCKET).key(KEY))
                .uploadId();
    }

    private CompletedPart part(String id, int number, String text) {
        String etag =
                s3.uploadPart(
                                request ->
                                        request.bucket(FakeS3.BUCKET)
                                                .key(KEY)
                                                .uploadId(id)
                                                .partNumber(number),
                                RequestBody.fromString(text))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private void complete(String id, CompletedPart... parts) {
        s3.completeMultipartUpload(
                request ->
                        request.bucket(FakeS3.BUCKET)
                                .key(KEY)
                                .uploadId(id)
                                .multipartUpload(all -> all.parts(parts)));
    }
}
