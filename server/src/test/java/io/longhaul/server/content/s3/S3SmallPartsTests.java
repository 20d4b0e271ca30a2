package io.longhaul.server.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With parts of a mebibyte and lists of three, so that few bytes make many of both. */
final class S3SmallPartsTests extends S3ContentFixture {

    private static final long LENGTH = 3 * MIB + 17;

    private final byte[] bytes = random((int) LENGTH);

    S3SmallPartsTests() throws IOException {
        super(SMALL, S3Rules.STRICT.small(MIB, 3));
    }

    @AfterEach
    void allMemoryIsBack() {
        assertThat(slabs.available()).isEqualTo(16 * MIB / Slabs.SIZE);
    }

    private ContentAppend append(@Nullable ContentReference reference, long offset)
            throws IOException {
        return store.append(id, new ContentPlace(reference, offset, LENGTH));
    }

    /** Appends up to an offset, as one request does whose record is stored. */
    private ContentReference grow(@Nullable ContentReference from, long offset, long to)
            throws IOException {
        try (ContentAppend append = append(from, offset)) {
            append.write(ByteBuffer.wrap(bytes, (int) offset, (int) (to - offset)));
            ContentReference reference = append.flush();
            append.committed();
            return reference;
        }
    }

    private byte[] whole(ContentReference reference) throws IOException {
        return read(reference, 0, LENGTH);
    }

    @Test
    void makesOneObjectOfManyAppends() throws IOException {
        ContentReference reference = grow(null, 0, 10);
        long offset = 10;
        for (long next : new long[] {MIB - 1, MIB, MIB + 1, 3 * MIB, LENGTH}) {
            reference = grow(reference, offset, next);
            offset = next;
        }

        assertThat(whole(reference)).isEqualTo(bytes);
        assertThat(s3.keys()).hasSize(1);
        assertThat(s3.multiparts()).isZero();
    }

    @Test
    void needsNoMultipartUploadForWhatFitsOnePart() throws IOException {
        try (ContentAppend append = store.append(id, new ContentPlace(null, 0, (long) MIB))) {
            append.write(ByteBuffer.wrap(bytes, 0, MIB));
            ContentReference reference = append.flush();

            assertThat(store.readable(reference)).isTrue();
            assertThat(read(reference, 0, MIB)).isEqualTo(Arrays.copyOf(bytes, MIB));
        }
        assertThat(s3.takeCounts())
                .isEqualTo(Map.of(S3Operation.PUT_OBJECT, 1, S3Operation.GET_OBJECT, 1));
    }

    @Test
    void callsTheStoreOncePerPartWhenAllComesInOneAppend() throws IOException {
        ContentReference reference = grow(null, 0, LENGTH);
        store.assemble(reference);

        assertThat(s3.takeCounts())
                .isEqualTo(
                        Map.of(
                                S3Operation.CREATE_MULTIPART_UPLOAD, 1,
                                S3Operation.UPLOAD_PART, 4,
                                S3Operation.COMPLETE_MULTIPART_UPLOAD, 1));
    }

    @Test
    void keepsTheOldTailUntilTheRecordNamesTheNewOne() throws IOException {
        ContentReference first = grow(null, 0, 1_000);
        ContentReference second;
        try (ContentAppend append = append(first, 1_000)) {
            append.write(ByteBuffer.wrap(bytes, 1_000, MIB));
            second = append.flush();
        }

        assertThat(whole(grow(first, 1_000, LENGTH))).isEqualTo(bytes);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void goesOnAfterAnAppendThatDiedWithPartsOnTheirWay() throws IOException {
        ContentReference kept = grow(null, 0, MIB + 5);
        ContentAppend dead = append(kept, MIB + 5);
        dead.write(ByteBuffer.wrap(bytes, MIB + 5, 2 * MIB));

        ContentReference reference = grow(kept, MIB + 5, LENGTH);
        dead.close();

        assertThat(whole(reference)).isEqualTo(bytes);
    }

    /** One that is believed dead when another goes on, and then wakes up. */
    private void wakeUp(ContentReference kept, ByteBuffer part) throws IOException {
        try (ContentAppend zombie = append(kept, 2 * MIB)) {
            zombie.write(part);
            zombie.flush();
        }
    }

    @Test
    void partOfAZombieChangesNothing() throws IOException {
        ContentReference kept = grow(null, 0, 2 * MIB);
        ContentReference reference = grow(kept, 2 * MIB, LENGTH);

        wakeUp(kept, ByteBuffer.wrap(bytes, 2 * MIB, MIB));

        assertThat(whole(reference)).isEqualTo(bytes);
    }

    @Test
    void otherBytesOfAZombieAreNeverTakenForTheAcceptedOnes() throws IOException {
        ContentReference kept = grow(null, 0, 2 * MIB);
        ContentReference reference = grow(kept, 2 * MIB, LENGTH);

        wakeUp(kept, ByteBuffer.allocate(MIB));

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> store.assemble(reference))
                .withMessageContaining("not as it was accepted");
    }

    @Test
    void zombieWithoutItsTailFails() throws IOException {
        ContentReference kept = grow(null, 0, MIB + 5);
        ContentReference reference = grow(kept, MIB + 5, LENGTH);

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> grow(kept, MIB + 5, 2 * MIB));
        assertThat(whole(reference)).isEqualTo(bytes);
    }

    @Test
    void abortedMultipartUploadIsLostAndNeverComplete() throws IOException {
        ContentReference reference = grow(null, 0, LENGTH);
        for (var multipart : bucket.multiparts("")) {
            bucket.abortMultipart(multipart.key(), multipart.uploadId());
        }

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> store.assemble(reference));
    }

    @Test
    void completesAgainWhenTheAnswerWasLost() throws IOException {
        ContentReference reference = grow(null, 0, LENGTH);
        AtomicInteger calls = new AtomicInteger();
        s3.faults(
                call ->
                        call.operation() == S3Operation.COMPLETE_MULTIPART_UPLOAD
                                        && calls.getAndIncrement() == 0
                                ? new S3Fault.AnswerLost()
                                : S3Fault.NONE);

        assertThat(whole(reference)).isEqualTo(bytes);
        assertThat(calls).hasValueGreaterThan(1);
    }

    @Test
    void triesAgainWhenTheStoreIsBusy() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        s3.faults(_ -> calls.getAndIncrement() % 2 == 0 ? S3Fault.slowDown() : S3Fault.NONE);

        assertThat(whole(grow(null, 0, LENGTH))).isEqualTo(bytes);
    }

    @Test
    void failsAndCommitsNothingWhenAPartIsRefused() throws IOException {
        ContentReference kept = grow(null, 0, 5);
        s3.faults(
                call ->
                        call.operation() == S3Operation.UPLOAD_PART
                                ? new S3Fault.Refused(403, "AccessDenied")
                                : S3Fault.NONE);
        assertThatIOException().isThrownBy(() -> grow(kept, 5, LENGTH));

        s3.faults(_ -> S3Fault.NONE);
        assertThat(whole(grow(kept, 5, LENGTH))).isEqualTo(bytes);
        assertThat(s3.multiparts()).isZero();
    }

    @Test
    void leavesNothingBehindWhenItIsClosedWithoutAFlush() throws IOException {
        try (ContentAppend append = append(null, 0)) {
            append.write(ByteBuffer.wrap(bytes, 0, 2 * MIB + 1));
        }

        assertThat(s3.keys()).isEmpty();
        assertThat(s3.multiparts()).isZero();
    }

    @Test
    void deletesEverythingOfAnUploadAndNothingElse() throws IOException {
        ContentReference other = keep(UploadId.random(), random(5));
        ContentReference reference = grow(null, 0, 2 * MIB + 5);

        store.delete(id, reference);

        assertThat(s3.multiparts()).isZero();
        assertThat(s3.keys()).hasSize(1);
        assertThat(read(other, 0, 5)).isEqualTo(random(5));
    }

    @Test
    void sweepKeepsWhatTheRecordNamesAndDeletesTheRest() throws IOException {
        ContentReference kept = grow(null, 0, 2 * MIB + 5);
        try (ContentAppend crashed = append(kept, 2 * MIB + 5)) {
            crashed.write(ByteBuffer.wrap(bytes, 0, 5));
            crashed.flush();
        }
        bucket.createMultipart(ContentKeys.object(id));

        int cleaned =
                store.deleteOrphans(
                        Instant.now().plus(Duration.ofMinutes(1)),
                        _ -> new ContentClaims.Named(kept));

        assertThat(cleaned).isOne();
        assertThat(s3.keys()).hasSize(1);
        assertThat(s3.multiparts()).isOne();
        assertThat(whole(grow(kept, 2 * MIB + 5, LENGTH))).isEqualTo(bytes);
    }

    @Test
    void readsOnWhenTheStoreBreaksOff() throws IOException {
        ContentReference reference = store.assemble(grow(null, 0, LENGTH));
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
