package io.longhaul.server.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the content store does with content of several parts. */
abstract class S3PartsContract extends S3ContentContract {

    /** The size of a part. */
    final int part;

    /** Of an upload of three parts and some. */
    final int length;

    final byte[] bytes;

    S3PartsContract(S3Bucket bucket, int part) {
        super(bucket, new PartSizes(part, 4L * part, 10_000));
        this.part = part;
        length = 3 * part + 17;
        bytes = random(length);
    }

    @AfterEach
    void givesAllMemoryBack() {
        assertThat(allMemoryIsBack()).isTrue();
    }

    final ContentAppend append(@Nullable ContentReference reference, int offset)
            throws IOException {
        return store().append(id, new ContentPlace(reference, offset, (long) length));
    }

    /** Appends up to an offset, as one request does whose record is stored. */
    final ContentReference grow(@Nullable ContentReference from, int offset, int to)
            throws IOException {
        try (ContentAppend append = append(from, offset)) {
            append.write(ByteBuffer.wrap(bytes, offset, to - offset));
            ContentReference reference = append.flush();
            append.committed();
            return reference;
        }
    }

    final byte[] whole(ContentReference reference) throws IOException {
        return read(reference, 0, length);
    }

    @Test
    void makesOneObjectOfManyAppends() throws IOException {
        ContentReference reference = grow(null, 0, 10);
        int offset = 10;
        for (int next : new int[] {part - 1, part, part + 1, 3 * part, length}) {
            reference = grow(reference, offset, next);
            offset = next;
        }

        assertThat(whole(reference)).isEqualTo(bytes);
        assertThat(keys()).hasSize(1);
        assertThat(multiparts()).isZero();
    }

    @Test
    void keepsTheOldTailUntilTheRecordNamesTheNewOne() throws IOException {
        ContentReference first = grow(null, 0, 1_000);
        ContentReference second;
        try (ContentAppend append = append(first, 1_000)) {
            append.write(ByteBuffer.wrap(bytes, 1_000, part));
            second = append.flush();
        }

        assertThat(whole(grow(first, 1_000, length))).isEqualTo(bytes);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void goesOnAfterAnAppendThatDiedWithPartsOnTheirWay() throws IOException {
        ContentReference kept = grow(null, 0, part + 5);
        ContentAppend dead = append(kept, part + 5);
        dead.write(ByteBuffer.wrap(bytes, part + 5, 2 * part));

        ContentReference reference = grow(kept, part + 5, length);
        dead.close();

        assertThat(whole(reference)).isEqualTo(bytes);
    }

    /** One that is believed dead when another goes on, and then wakes up. */
    private void wakeUp(ContentReference kept, ByteBuffer late) throws IOException {
        try (ContentAppend zombie = append(kept, 2 * part)) {
            zombie.write(late);
            zombie.flush();
        }
    }

    @Test
    void partOfAZombieChangesNothing() throws IOException {
        ContentReference kept = grow(null, 0, 2 * part);
        ContentReference reference = grow(kept, 2 * part, length);

        wakeUp(kept, ByteBuffer.wrap(bytes, 2 * part, part));

        assertThat(whole(reference)).isEqualTo(bytes);
    }

    @Test
    void otherBytesOfAZombieAreNeverTakenForTheAcceptedOnes() throws IOException {
        ContentReference kept = grow(null, 0, 2 * part);
        ContentReference reference = grow(kept, 2 * part, length);

        wakeUp(kept, ByteBuffer.allocate(part));

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> store().assemble(reference))
                .withMessageContaining("not as it was accepted");
    }

    @Test
    void zombieWithoutItsTailFails() throws IOException {
        ContentReference kept = grow(null, 0, part + 5);
        ContentReference reference = grow(kept, part + 5, length);

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> grow(kept, part + 5, 2 * part));
        assertThat(whole(reference)).isEqualTo(bytes);
    }

    @Test
    void abortedMultipartUploadIsLostAndNeverComplete() throws IOException {
        ContentReference reference = grow(null, 0, length);
        for (var multipart : bucket.multiparts().list("")) {
            bucket.multiparts().abort(multipart.key(), multipart.uploadId());
        }

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> store().assemble(reference));
    }

    @Test
    void partOfAnUploadThatIsDeletedMeanwhileIsLost() throws IOException {
        ContentReference kept = grow(null, 0, 2 * part);

        try (ContentAppend append = append(kept, 2 * part)) {
            store().delete(id, kept);
            append.write(ByteBuffer.wrap(bytes, 2 * part, length - 2 * part));

            assertThatExceptionOfType(ContentLostException.class)
                    .isThrownBy(append::flush)
                    .withMessageContaining("has vanished");
        }
        assertThat(multiparts()).isZero();
    }

    @Test
    void leavesNothingBehindWhenItIsClosedWithoutAFlush() throws IOException {
        try (ContentAppend append = append(null, 0)) {
            append.write(ByteBuffer.wrap(bytes, 0, 2 * part + 1));
        }

        assertThat(keys()).isEmpty();
        assertThat(multiparts()).isZero();
    }

    @Test
    void deletesEverythingOfAnUploadAndNothingElse() throws IOException {
        ContentReference other = keep(UploadId.random(), random(5));
        ContentReference reference = grow(null, 0, 2 * part + 5);

        store().delete(id, reference);

        assertThat(multiparts()).isZero();
        assertThat(keys()).hasSize(1);
        assertThat(read(other, 0, 5)).isEqualTo(random(5));
    }

    @Test
    void sweepKeepsWhatTheRecordNamesAndDeletesTheRest() throws IOException {
        ContentReference kept = grow(null, 0, 2 * part + 5);
        try (ContentAppend crashed = append(kept, 2 * part + 5)) {
            crashed.write(ByteBuffer.wrap(bytes, 0, 5));
            crashed.flush();
        }
        bucket.multiparts().create(ContentKeys.object(id));

        int cleaned =
                store().deleteOrphans(
                                Instant.now().plus(Duration.ofMinutes(1)),
                                _ -> new ContentClaims.Named(kept));

        assertThat(cleaned).isOne();
        assertThat(keys()).hasSize(1);
        assertThat(multiparts()).isOne();
        assertThat(whole(grow(kept, 2 * part + 5, length))).isEqualTo(bytes);
    }
}
