package io.longhaul.server.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** Whole objects of the fake store, as the real client of S3 sees them. */
final class FakeS3Tests extends FakeS3Fixture {

    private static final int WRITERS = 16;

    FakeS3Tests() throws IOException {}

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
}
