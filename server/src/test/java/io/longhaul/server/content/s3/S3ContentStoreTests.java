package io.longhaul.server.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Links;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the S3 for tests, with lists of three: which calls are made, and what when they fail. */
final class S3ContentStoreTests extends S3ConcatenationContract {

    private final FakeS3 s3;

    S3ContentStoreTests() throws IOException {
        FakeS3 started = FakeS3.start(S3Rules.STRICT.small(MIB, 3));
        super(started.bucket("here/"), MIB);
        s3 = started;
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void needsNoMultipartUploadForWhatFitsOnePart() throws IOException {
        try (ContentAppend append = store().append(id, new ContentPlace(null, 0, (long) part))) {
            append.write(ByteBuffer.wrap(bytes, 0, part));
            ContentReference reference = append.flush();

            assertThat(store().readable(reference)).isTrue();
            assertThat(read(reference, 0, part)).isEqualTo(Arrays.copyOf(bytes, part));
        }
        assertThat(s3.takeCounts())
                .isEqualTo(Map.of(S3Operation.PUT_OBJECT, 1, S3Operation.GET_OBJECT, 1));
    }

    @Test
    void callsTheStoreOncePerPartWhenAllComesInOneAppend() throws IOException {
        ContentReference reference = grow(null, 0, length);
        store().assemble(reference);

        assertThat(s3.takeCounts())
                .isEqualTo(
                        Map.of(
                                S3Operation.CREATE_MULTIPART_UPLOAD, 1,
                                S3Operation.UPLOAD_PART, 4,
                                S3Operation.COMPLETE_MULTIPART_UPLOAD, 1));
    }

    @Test
    void asksWhatBecameOfACompletionWithoutAnAnswer() throws IOException {
        ContentReference reference = grow(null, 0, length);
        s3.faults(
                call ->
                        call.operation() == S3Operation.COMPLETE_MULTIPART_UPLOAD
                                ? new S3Fault.AnswerLost()
                                : S3Fault.NONE);

        assertThat(whole(reference)).isEqualTo(bytes);
    }

    @Test
    void triesAgainWhenTheStoreIsBusy() throws IOException {
        Map<S3Operation, Integer> calls = new ConcurrentHashMap<>();
        s3.faults(
                call ->
                        calls.merge(call.operation(), 1, Integer::sum) % 2 == 1
                                ? S3Fault.slowDown()
                                : S3Fault.NONE);

        assertThat(whole(grow(null, 0, length))).isEqualTo(bytes);
        assertThat(calls.get(S3Operation.COMPLETE_MULTIPART_UPLOAD)).isGreaterThan(1);
    }

    /** Lets so many parts through, and counts them, and the others when told to. */
    private CountDownLatch holdPartsAfter(int number, AtomicInteger parts) {
        CountDownLatch released = new CountDownLatch(1);
        s3.faults(
                call -> {
                    if (call.operation() == S3Operation.UPLOAD_PART
                            && parts.incrementAndGet() > number) {
                        awaitQuietly(released);
                    }
                    return S3Fault.NONE;
                });
        return released;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void checkpointHasWhatHasArrivedAndWaitsForNoPart() throws IOException {
        byte[] all = random(6 * part);
        AtomicInteger parts = new AtomicInteger();
        CountDownLatch released = holdPartsAfter(1, parts);
        ContentAppend.Checkpoint kept;
        try (ContentAppend append =
                store().append(id, new ContentPlace(null, 0, (long) all.length))) {
            append.write(ByteBuffer.wrap(all, 0, part));
            await().until(() -> parts.get() == 1);
            append.write(ByteBuffer.wrap(all, part, 4 * part)); // the first had to make room
            kept = append.checkpoint();
            append.committed();
            released.countDown();
        }

        assertThat(kept.offset()).isEqualTo(part);
        try (ContentAppend append =
                store().append(id, new ContentPlace(kept.reference(), part, (long) all.length))) {
            append.write(ByteBuffer.wrap(all, part, 5 * part));
            assertThat(read(append.flush(), 0, all.length)).isEqualTo(all);
        }
    }

    @Test
    void checkpointKeepsTheTailUntilItsPartHasArrived() throws IOException {
        byte[] all = random(7 * part);
        AtomicInteger parts = new AtomicInteger();
        CountDownLatch released = holdPartsAfter(2, parts);
        try (ContentAppend append =
                store().append(id, new ContentPlace(null, 0, (long) all.length))) {
            append.write(ByteBuffer.wrap(all, 0, part + 5));
            append.flush();
            append.committed();
            append.write(ByteBuffer.wrap(all, part + 5, part - 5));
            await().until(() -> parts.get() == 2);
            append.write(ByteBuffer.wrap(all, 2 * part, 4 * part)); // the second had to make room

            ContentAppend.Checkpoint kept = append.checkpoint();

            assertThat(kept.offset()).isEqualTo(2L * part);
            assertThat(keys()).anyMatch(key -> key.contains("/t-"));
            append.committed();
            assertThat(keys()).noneMatch(key -> key.contains("/t-"));
            released.countDown();
            append.write(ByteBuffer.wrap(all, 6 * part, part));
            assertThat(read(append.flush(), 0, all.length)).isEqualTo(all);
        }
    }

    @Test
    void failsAndCommitsNothingWhenAPartIsRefused() throws IOException {
        ContentReference kept = grow(null, 0, 5);
        s3.faults(
                call ->
                        call.operation() == S3Operation.UPLOAD_PART
                                ? new S3Fault.Refused(403, "AccessDenied")
                                : S3Fault.NONE);
        assertThatIOException().isThrownBy(() -> grow(kept, 5, length));

        s3.faults(_ -> S3Fault.NONE);
        assertThat(whole(grow(kept, 5, length))).isEqualTo(bytes);
        assertThat(multiparts()).isZero();
    }

    @Test
    void copiesInsideTheStoreWhatIsLongEnough() throws IOException {
        List<UploadContent> sources = List.of(source(part), source(3 * part), source(5));
        s3.takeCounts();

        store().concatenation().orElseThrow().concatenate(id, sources, () -> {});

        assertThat(s3.takeCounts())
                .isEqualTo(
                        Map.of(
                                S3Operation.CREATE_MULTIPART_UPLOAD, 1,
                                S3Operation.UPLOAD_PART_COPY, 3,
                                S3Operation.COMPLETE_MULTIPART_UPLOAD, 1));
    }

    @Test
    void leavesNothingBehindWhenACopyIsRefused() throws IOException {
        List<UploadContent> sources = List.of(source(part), source(2 * part));
        s3.faults(
                call ->
                        call.operation() == S3Operation.UPLOAD_PART_COPY
                                ? new S3Fault.Refused(403, "AccessDenied")
                                : S3Fault.NONE);

        assertThatIOException().isThrownBy(() -> joined(sources));

        assertThat(multiparts()).isZero();
        assertThat(made()).isEmpty();
    }

    @Test
    void makesNothingWhereTheStoreKnowsNoCopies() throws IOException {
        List<UploadContent> sources = List.of(source(part), source(2 * part));
        s3.faults(
                call ->
                        call.operation() == S3Operation.UPLOAD_PART_COPY
                                ? new S3Fault.Refused(501, "NotImplemented")
                                : S3Fault.NONE);

        assertThat(store().concatenation().orElseThrow().concatenate(id, sources, () -> {}))
                .isEmpty();
        assertThat(multiparts()).isZero();
    }

    @Test
    void linksToContentOfOneObjectAlone() throws IOException {
        S3Address address =
                new S3Address(s3.endpoint(), "us-east-1", "uploads", "here/", true, "id", "secret");
        ContentReference unfinished = grow(null, 0, length);
        try (var links = new S3Links(address, Duration.ofMinutes(1));
                var linking = new S3ContentStore(bucket, 16 * MIB, links)) {
            assertThat(linking.link(store().assemble(unfinished), "text/plain", "inline"))
                    .isPresent();
            assertThat(linking.link(unfinished, "text/plain", "inline")).isEmpty();
            assertThat(linking.link(several(5, 3), "text/plain", "inline")).isEmpty();
        }
    }

    @Test
    void readsOnWhenTheStoreBreaksOff() throws IOException {
        ContentReference reference = store().assemble(grow(null, 0, length));
        AtomicInteger reads = new AtomicInteger();
        s3.faults(
                call ->
                        call.operation() == S3Operation.GET_OBJECT && reads.getAndIncrement() < 3
                                ? new S3Fault.AnswerCut()
                                : S3Fault.NONE);

        assertThat(whole(reference)).isEqualTo(bytes);
        assertThat(reads).hasValueGreaterThan(3);
    }
}
