package io.longhaul.server.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** The fake store as the real client of S3 sees it. */
@Timeout(60)
final class FakeS3Tests {

    private static final int LEAST_PART = 10;
    private static final int PAGE = 3;
    private static final int WRITERS = 16;
    private static final String KEY = "a/key with+odd&letters";
    private static final S3Rules RULES = S3Rules.STRICT.small(LEAST_PART, PAGE);

    private FakeS3 store;
    private S3Client s3;

    FakeS3Tests() throws IOException {
        store = FakeS3.start(RULES);
        s3 = client(store);
    }

    @AfterEach
    void close() {
        s3.close();
        store.close();
    }

    private static S3Client client(FakeS3 store) {
        return S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .httpClient(Apache5HttpClient.create())
                .forcePathStyle(true)
                .serviceConfiguration(each -> each.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        each -> each.retryStrategy(retry -> retry.maxAttempts(1)).build())
                .build();
    }

    private String put(String key, String text, Consumer<PutObjectRequest.Builder> conditions) {
        return s3.putObject(
                        request -> {
                            request.bucket(FakeS3.BUCKET).key(key);
                            conditions.accept(request);
                        },
                        RequestBody.fromString(text))
                .eTag();
    }

    private String put(String key, String text) {
        return put(key, text, _ -> {});
    }

    private String text(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(FakeS3.BUCKET).key(key))
                .asUtf8String();
    }

    private static void assertRefused(int status, String code, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(call)
                .satisfies(
                        e -> {
                            assertThat(e.statusCode()).isEqualTo(status);
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                        });
    }

    @Test
    void givesBackWhatWasStored() {
        String etag = put(KEY, "hello world");

        assertThat(text(KEY)).isEqualTo("hello world");
        var head = s3.headObject(request -> request.bucket(FakeS3.BUCKET).key(KEY));
        assertThat(head.contentLength()).isEqualTo(11);
        assertThat(head.eTag()).isEqualTo(etag);
        assertThat(
                        s3.getObjectAsBytes(
                                        request ->
                                                request.bucket(FakeS3.BUCKET)
                                                        .key(KEY)
                                                        .range("bytes=6-8"))
                                .asUtf8String())
                .isEqualTo("wor");
        assertRefused(
                416,
                "InvalidRange",
                () ->
                        s3.getObjectAsBytes(
                                request ->
                                        request.bucket(FakeS3.BUCKET).key(KEY).range("bytes=11-")));
        assertRefused(404, "NoSuchKey", () -> text("none"));

        s3.deleteObject(request -> request.bucket(FakeS3.BUCKET).key(KEY));
        s3.deleteObject(request -> request.bucket(FakeS3.BUCKET).key(KEY));
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void writesOnlyUnderItsConditions() {
        String first = put(KEY, "1", request -> request.ifNoneMatch("*"));

        assertRefused(
                412,
                "PreconditionFailed",
                () -> put(KEY, "2", request -> request.ifNoneMatch("*")));
        put(KEY, "3", request -> request.ifMatch(first));
        assertRefused(
                412, "PreconditionFailed", () -> put(KEY, "4", request -> request.ifMatch(first)));
        assertRefused(404, "NoSuchKey", () -> put("none", "5", request -> request.ifMatch(first)));
        assertThat(text(KEY)).isEqualTo("3");
    }

    @Test
    void oneOfManyWritersWins() throws Exception {
        assertThat(winners(store, s3)).isEqualTo(1);
    }

    @Test
    void allWritersWinWhereConditionsAreNotHeeded() throws Exception {
        try (FakeS3 careless = FakeS3.start(RULES.withoutConditions());
                S3Client client = client(careless)) {
            assertThat(winners(careless, client)).isEqualTo(WRITERS);
        }
    }

    private static int winners(FakeS3 at, S3Client client) throws Exception {
        String etag =
                client.putObject(
                                request -> request.bucket(FakeS3.BUCKET).key(KEY),
                                RequestBody.fromString("begun"))
                        .eTag();
        List<Future<Boolean>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                String text = "writer " + i;
                writers.add(threads.submit(() -> replaces(client, etag, text)));
            }
        }
        int winners = 0;
        for (Future<Boolean> each : writers) {
            winners += each.get() ? 1 : 0;
        }
        assertThat(at.takeCounts()).containsEntry(S3Operation.PUT_OBJECT, WRITERS + 1);
        return winners;
    }

    private static boolean replaces(S3Client client, String etag, String text) {
        try {
            client.putObject(
                    request -> request.bucket(FakeS3.BUCKET).key(KEY).ifMatch(etag),
                    RequestBody.fromString(text));
            return true;
        } catch (S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(412);
            return false;
        }
    }

    @Test
    void listsInOrderAPageAtATime() {
        for (int i = 0; i < 2 * PAGE + 1; i++) {
            put("list/" + i, "x".repeat(i));
        }
        put("other", "");
        store.takeCounts();

        ListObjectsV2Iterable pages =
                s3.listObjectsV2Paginator(request -> request.bucket(FakeS3.BUCKET).prefix("list/"));

        assertThat(pages.contents().stream().map(S3Object::key))
                .containsExactly(
                        IntStream.range(0, 2 * PAGE + 1)
                                .mapToObj(i -> "list/" + i)
                                .toArray(String[]::new));
        assertThat(store.takeCounts()).containsEntry(S3Operation.LIST_OBJECTS, 3);
    }

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
    void deletesManyAtOnce() {
        put(KEY, "1");
        put("kept", "2");

        List<ObjectIdentifier> doomed =
                Stream.of(KEY, "none")
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList();
        s3.deleteObjects(
                request -> request.bucket(FakeS3.BUCKET).delete(all -> all.objects(doomed)));

        assertThat(store.keys()).containsExactly("kept");
    }

    @Test
    void keepsRulesOfALifecycle() {
        assertRefused(
                404,
                "NoSuchLifecycleConfiguration",
                () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(FakeS3.BUCKET)));

        LifecycleRule rule =
                LifecycleRule.builder()
                        .id("parts")
                        .status(ExpirationStatus.ENABLED)
                        .filter(_ -> {})
                        .abortIncompleteMultipartUpload(after -> after.daysAfterInitiation(8))
                        .build();
        s3.putBucketLifecycleConfiguration(
                request ->
                        request.bucket(FakeS3.BUCKET)
                                .lifecycleConfiguration(all -> all.rules(List.of(rule))));

        assertThat(
                        s3.getBucketLifecycleConfiguration(request -> request.bucket(FakeS3.BUCKET))
                                .rules()
                                .getFirst()
                                .abortIncompleteMultipartUpload()
                                .daysAfterInitiation())
                .isEqualTo(8);
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

    @Test
    void canLoseAnAnswerAfterItDidWhatWasAsked() {
        store.faults(_ -> new S3Fault.AnswerLost());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put(KEY, "stored"));

        store.faults(_ -> S3Fault.NONE);
        assertThat(text(KEY)).isEqualTo("stored");
    }

    @Test
    void canLoseARequest() {
        store.faults(_ -> new S3Fault.RequestLost());

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> put(KEY, "x".repeat(1 << 20)));

        assertThat(store.keys()).isEmpty();
    }

    @Test
    void canBreakAnAnswerOff() {
        put(KEY, "x".repeat(1 << 20));
        store.faults(_ -> new S3Fault.AnswerCut());

        assertThatThrownBy(() -> text(KEY)).isInstanceOf(SdkClientException.class);
    }

    @Test
    void canRefuseAndBeLate() {
        store.faults(call -> call.key().equals("busy") ? S3Fault.slowDown() : S3Fault.NONE);
        put(KEY, "1");
        assertRefused(503, "SlowDown", () -> put("busy", "1"));

        Duration wait = Duration.ofMillis(200);
        store.faults(_ -> new S3Fault.Late(wait));
        long begun = System.nanoTime();
        put("busy", "2");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(wait);
    }
}
