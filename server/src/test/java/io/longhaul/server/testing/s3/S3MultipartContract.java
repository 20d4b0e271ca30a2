package io.longhaul.server.testing.s3;

import static io.longhaul.server.testing.s3.TestBucket.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What every store does with multipart uploads; the rest is in what extends this. */
abstract class S3MultipartContract extends S3ObjectContract {

    /** A text that is long enough for any part. */
    private String text() {
        return "0123456789"
                .repeat(bucket().leastPart() / 10 + 1)
                .substring(0, bucket().leastPart());
    }

    private CompletedPart part(String id, int number, String text) {
        return bucket().part(KEY, id, number, text);
    }

    private void complete(String id, CompletedPart... parts) {
        bucket().complete(KEY, id, parts);
    }

    @Test
    void putsPartsTogether() {
        bucket().put(KEY, "before");
        String id = bucket().begin(KEY);
        CompletedPart second = part(id, 2, "end");
        CompletedPart first = part(id, 1, text());
        assertThat(bucket().text(KEY)).isEqualTo("before");

        complete(id, first, second);

        assertThat(bucket().text(KEY)).isEqualTo(text() + "end");
        assertThat(uploads("")).isEmpty();
        assertRefused(404, "NoSuchUpload", () -> part(id, 3, "late"));
    }

    @Test
    void takesNumbersWithGaps() {
        String id = bucket().begin(KEY);
        CompletedPart first = part(id, 2, text());
        CompletedPart last = part(id, 10_000, "end");

        complete(id, first, last);

        assertThat(bucket().text(KEY)).isEqualTo(text() + "end");
    }

    @Test
    void takesAnEmptyPart() {
        String id = bucket().begin(KEY);

        complete(id, part(id, 1, ""));

        assertThat(bucket().text(KEY)).isEmpty();
    }

    @Test
    void keepsTheLastOfTwoPartsWithANumber() {
        String id = bucket().begin(KEY);
        CompletedPart replaced = part(id, 1, "to be replaced");
        CompletedPart part = part(id, 1, "new");

        assertRefused(400, "InvalidPart", () -> complete(id, replaced));
        complete(id, part);

        assertThat(bucket().text(KEY)).isEqualTo("new");
    }

    @Test
    void refusesToLeaveOutAPart() {
        String id = bucket().begin(KEY);
        CompletedPart first = part(id, 1, text());
        CompletedPart second = part(id, 2, "end");

        assertRefused(400, "InvalidPart", () -> complete(id, first));
        complete(id, first, second);
    }

    @Test
    void refusesPartsThatAreNotThere() {
        String id = bucket().begin(KEY);
        CompletedPart first = part(id, 1, text());
        CompletedPart none = first.toBuilder().partNumber(2).build();

        assertRefused(400, "InvalidPart", () -> complete(id, first, none));
        assertThat(bucket().keys()).isEmpty();
    }

    @Test
    void refusesShortPartsInTheMiddle() {
        String id = bucket().begin(KEY);
        CompletedPart first = part(id, 1, text().substring(1));
        CompletedPart second = part(id, 2, "end");

        assertRefused(400, "EntityTooSmall", () -> complete(id, first, second));
        assertThat(bucket().keys()).isEmpty();
    }

    @Test
    void refusesToMakeSomethingOfNoParts() {
        String id = bucket().begin(KEY);

        assertRefused(400, "MalformedXML", () -> complete(id));
    }

    @Test
    void forgetsWhatIsAborted() {
        String id = bucket().begin(KEY);
        CompletedPart part = part(id, 1, "1");

        bucket().abort(KEY, id);

        assertThat(uploads("")).isEmpty();
        assertRefused(404, "NoSuchUpload", () -> part(id, 2, "2"));
        assertRefused(404, () -> pages(id));
        assertRefused(404, "NoSuchUpload", () -> bucket().abort(KEY, id));
        assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> complete(id, part));
        assertThat(bucket().keys()).isEmpty();
    }

    @Test
    void listsPartsInOrderAPageAtATime() {
        String id = bucket().begin(KEY);
        List<Integer> numbers = IntStream.rangeClosed(1, 2 * PAGE + 1).boxed().toList();
        List<String> etags =
                numbers.reversed().stream()
                        .map(number -> part(id, number, "x".repeat(number)).eTag())
                        .toList();

        List<ListPartsResponse> pages = pages(id);

        assertThat(pages).hasSize(3);
        List<Part> parts = pages.stream().flatMap(page -> page.parts().stream()).toList();
        assertThat(parts).extracting(Part::partNumber).containsExactlyElementsOf(numbers);
        assertThat(parts).extracting(Part::eTag).containsExactlyElementsOf(etags.reversed());
        assertThat(parts)
                .allSatisfy(
                        each -> assertThat(each.size()).isEqualTo(each.partNumber().longValue()));
    }

    private List<ListPartsResponse> pages(String id) {
        return bucket()
                .s3()
                .listPartsPaginator(
                        request ->
                                request.bucket(bucket().name())
                                        .key(KEY)
                                        .uploadId(id)
                                        .maxParts(PAGE))
                .stream()
                .toList();
    }

    @Test
    void tellsOfMultipartUploadsThatAreUnderWay() {
        String id = bucket().begin(KEY);

        assertThat(uploads("a/"))
                .singleElement()
                .satisfies(
                        upload -> {
                            assertThat(upload.uploadId()).isEqualTo(id);
                            assertThat(upload.key()).isEqualTo(KEY);
                        });
        assertThat(uploads("b/")).isEmpty();
    }

    private List<MultipartUpload> uploads(String prefix) {
        return bucket().s3()
                .listMultipartUploads(request -> request.bucket(bucket().name()).prefix(prefix))
                .uploads();
    }

    @Test
    void copiesARangeIntoAPart() {
        bucket().put("source", "0123456789abcdef" + text());
        String id = bucket().begin(KEY);

        complete(id, copied(id, "bytes=3-12"));

        assertThat(bucket().text(KEY)).isEqualTo("3456789abc");
    }

    @Test
    void copiesASmallObjectIntoAPart() {
        bucket().put("source", "small");
        String id = bucket().begin(KEY);

        complete(id, copied(id, null));

        assertThat(bucket().text(KEY)).isEqualTo("small");
    }

    @Test
    void refusesToCopyWhatIsNotThere() {
        String id = bucket().begin(KEY);

        assertRefused(404, "NoSuchKey", () -> copied(id, null));
        bucket().put("source", text() + "end");
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> copied(id, "bytes=0-" + 2 * bucket().leastPart()));
    }

    private CompletedPart copied(String id, @Nullable String range) {
        String etag =
                bucket().s3()
                        .uploadPartCopy(
                                request ->
                                        request.sourceBucket(bucket().name())
                                                .sourceKey("source")
                                                .copySourceRange(range)
                                                .destinationBucket(bucket().name())
                                                .destinationKey(KEY)
                                                .uploadId(id)
                                                .partNumber(1))
                        .copyPartResult()
                        .eTag();
        return CompletedPart.builder().partNumber(1).eTag(etag).build();
    }
}
