package io.longhaul.server.testing.s3;

import static io.longhaul.server.testing.s3.TestBucket.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What every store does with whole objects. Tests of a store extend {@link S3StoreContract}, which
 * has this and the rest.
 */
abstract class S3ObjectContract {

    static final int PAGE = 3;
    static final String KEY = "a/key with+odd&letters";

    /** The bucket under test, empty when the test starts, and always the same. */
    abstract TestBucket bucket();

    @Test
    void givesBackWhatWasStored() {
        String etag = bucket().put(KEY, "hello world");

        assertThat(bucket().text(KEY)).isEqualTo("hello world");
        var head = bucket().s3().headObject(request -> request.bucket(bucket().name()).key(KEY));
        assertThat(head.contentLength()).isEqualTo(11);
        assertThat(head.eTag()).isEqualTo("\"" + etag + "\"");
    }

    @Test
    void holdsEmptyObjects() {
        bucket().put(KEY, "");

        assertThat(bucket().text(KEY)).isEmpty();
    }

    @Test
    void givesRanges() {
        bucket().put(KEY, "hello world");

        assertThat(bucket().text(KEY, "bytes=6-8")).isEqualTo("wor");
        assertThat(bucket().text(KEY, "bytes=6-")).isEqualTo("world");
        assertThat(bucket().text(KEY, "bytes=6-99")).isEqualTo("world");
        assertThat(bucket().text(KEY, "bytes=-4")).isEqualTo("orld");
        assertRefused(416, "InvalidRange", () -> bucket().text(KEY, "bytes=11-"));
    }

    @Test
    void tellsWhatIsNotThere() {
        assertRefused(404, "NoSuchKey", () -> bucket().text("none"));
        assertRefused(
                404,
                () ->
                        bucket().s3()
                                .headObject(
                                        request -> request.bucket(bucket().name()).key("none")));
        TestBucket none = new TestBucket(bucket().s3(), "none", bucket().leastPart());
        assertRefused(404, "NoSuchBucket", () -> none.text(KEY));
        assertRefused(404, "NoSuchBucket", () -> none.put(KEY, "1"));
    }

    @Test
    void deletesWhetherItIsThereOrNot() {
        bucket().put(KEY, "1");

        delete();
        delete();

        assertThat(bucket().keys()).isEmpty();
    }

    private void delete() {
        bucket().s3().deleteObject(request -> request.bucket(bucket().name()).key(KEY));
    }

    @Test
    void createsOnlyWhatIsNotThere() {
        bucket().put(KEY, "1", request -> request.ifNoneMatch("*"));

        assertRefused(
                412,
                "PreconditionFailed",
                () -> bucket().put(KEY, "2", request -> request.ifNoneMatch("*")));
        assertThat(bucket().text(KEY)).isEqualTo("1");
        delete();
        bucket().put(KEY, "3", request -> request.ifNoneMatch("*"));
    }

    @Test
    void replacesOnlyWhatHasTheETag() {
        String first = bucket().put(KEY, "1");

        bucket().put(KEY, "2", request -> request.ifMatch(first));
        assertRefused(
                412,
                "PreconditionFailed",
                () -> bucket().put(KEY, "3", request -> request.ifMatch(first)));
        assertThat(bucket().text(KEY)).isEqualTo("2");
    }

    @Test
    void replacesNothingWhereNothingIs() {
        String etag = bucket().put(KEY, "1");

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> bucket().put("none", "2", request -> request.ifMatch(etag)))
                .satisfies(e -> assertThat(e.statusCode()).isIn(404, 412));
        assertThat(bucket().keys()).containsExactly(KEY);
    }

    @Test
    void readsUnderConditions() {
        String first = bucket().put(KEY, "1");
        String second = bucket().put(KEY, "2");

        assertThat(textIfMatch(second)).isEqualTo("2");
        assertRefused(412, "PreconditionFailed", () -> textIfMatch(first));
        assertRefused(
                304,
                () ->
                        bucket().s3()
                                .getObjectAsBytes(
                                        request ->
                                                request.bucket(bucket().name())
                                                        .key(KEY)
                                                        .ifNoneMatch(second)));
    }

    private String textIfMatch(String etag) {
        return bucket().s3()
                .getObjectAsBytes(request -> request.bucket(bucket().name()).key(KEY).ifMatch(etag))
                .asUtf8String();
    }

    @Test
    void listsInOrderAPageAtATime() {
        List<String> keys = IntStream.range(0, 2 * PAGE + 1).mapToObj(i -> "list/" + i).toList();
        keys.reversed().forEach(key -> bucket().put(key, key));
        bucket().put("other", "");

        List<ListObjectsV2Response> pages =
                bucket()
                        .s3()
                        .listObjectsV2Paginator(
                                request ->
                                        request.bucket(bucket().name())
                                                .prefix("list/")
                                                .maxKeys(PAGE))
                        .stream()
                        .toList();

        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(page -> page.contents().stream()).map(S3Object::key))
                .containsExactlyElementsOf(keys);
    }

    @Test
    void listsBehindAKey() {
        Stream.of("a", "b", "c").forEach(key -> bucket().put(key, "12"));

        var listed =
                bucket().s3()
                        .listObjectsV2(request -> request.bucket(bucket().name()).startAfter("a"));

        assertThat(listed.contents()).extracting(S3Object::key).containsExactly("b", "c");
        assertThat(listed.contents()).extracting(S3Object::size).containsOnly(2L);
    }

    @Test
    void deletesManyAtOnce() {
        bucket().put(KEY, "1");
        bucket().put("kept", "2");

        List<ObjectIdentifier> doomed =
                Stream.of(KEY, "none")
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList();
        bucket().s3()
                .deleteObjects(
                        request ->
                                request.bucket(bucket().name()).delete(all -> all.objects(doomed)));

        assertThat(bucket().keys()).containsExactly("kept");
    }

    @Test
    void keepsRulesOfALifecycle() {
        assertRefused(404, "NoSuchLifecycleConfiguration", this::rules);
        LifecycleRule rule =
                LifecycleRule.builder()
                        .id("parts")
                        .status(ExpirationStatus.ENABLED)
                        .filter(_ -> {})
                        .abortIncompleteMultipartUpload(after -> after.daysAfterInitiation(8))
                        .build();

        bucket().s3()
                .putBucketLifecycleConfiguration(
                        request ->
                                request.bucket(bucket().name())
                                        .lifecycleConfiguration(all -> all.rules(List.of(rule))));

        assertThat(rules().getFirst().abortIncompleteMultipartUpload().daysAfterInitiation())
                .isEqualTo(8);
    }

    private List<LifecycleRule> rules() {
        return bucket().s3()
                .getBucketLifecycleConfiguration(request -> request.bucket(bucket().name()))
                .rules();
    }
}
