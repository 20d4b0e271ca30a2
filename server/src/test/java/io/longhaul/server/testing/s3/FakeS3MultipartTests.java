package io.longhaul.server.testing.s3;

import static io.longhaul.server.testing.s3.TestBucket.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What the fake store does with multipart uploads beyond what is expected of all stores. */
final class FakeS3MultipartTests extends FakeS3Fixture {

    FakeS3MultipartTests() throws IOException {}

    @Test
    void knowsNothingOfWhatIsComplete() {
        String id = bucket.begin(KEY);
        CompletedPart part = bucket.part(KEY, id, 1, "1");
        bucket.complete(KEY, id, part);

        assertRefused(404, "NoSuchUpload", () -> bucket.complete(KEY, id, part));
        assertThat(bucket.text(KEY)).isEqualTo("1");
    }

    @Test
    void knowsNothingOfWhatIsAborted() {
        String id = bucket.begin(KEY);
        CompletedPart part = bucket.part(KEY, id, 1, "1");
        bucket.abort(KEY, id);

        assertRefused(404, "NoSuchUpload", () -> bucket.complete(KEY, id, part));
        assertRefused(
                404,
                "NoSuchUpload",
                () ->
                        bucket.s3()
                                .listParts(
                                        request ->
                                                request.bucket(bucket.name())
                                                        .key(KEY)
                                                        .uploadId(id)));
    }

    @Test
    void refusesPartsOutOfOrder() {
        String id = bucket.begin(KEY);
        CompletedPart first = bucket.part(KEY, id, 1, "0123456789");
        CompletedPart second = bucket.part(KEY, id, 2, "0123456789");

        assertRefused(400, "InvalidPartOrder", () -> bucket.complete(KEY, id, second, first));
    }

    @Test
    void refusesPartNumbersBeyondTheLimit() {
        String id = bucket.begin(KEY);

        assertRefused(400, "InvalidArgument", () -> bucket.part(KEY, id, 10_001, "1"));
    }

    @Test
    void completesOnlyWhereNothingIs() {
        String id = bucket.begin(KEY);
        CompletedPart part = bucket.part(KEY, id, 1, "1");
        bucket.put(KEY, "there");

        assertRefused(
                412,
                "PreconditionFailed",
                () ->
                        bucket.s3()
                                .completeMultipartUpload(
                                        request ->
                                                request.bucket(bucket.name())
                                                        .key(KEY)
                                                        .uploadId(id)
                                                        .ifNoneMatch("*")
                                                        .multipartUpload(all -> all.parts(part))));
        assertThat(bucket.text(KEY)).isEqualTo("there");
    }
}
