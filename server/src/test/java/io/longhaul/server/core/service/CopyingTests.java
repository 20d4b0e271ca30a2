package io.longhaul.server.core.service;

import static io.longhaul.server.core.service.ServiceInMemory.append;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.content.s3.S3ContentStore;
import io.longhaul.server.content.s3.SmallParts;
import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Final uploads on a store that can make one content of others. */
@Timeout(60)
class CopyingTests {

    private static final String FIRST = "a".repeat(3 * SmallParts.LEAST);
    private static final String SECOND = "b".repeat(2 * SmallParts.LEAST);

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final CountDownLatch held = new CountDownLatch(1);
    private final FakeS3 s3 = FakeS3.start(S3Rules.STRICT.small(SmallParts.LEAST, 100));
    private final S3Bucket bucket = s3.bucket("");
    private final S3ContentStore contents = SmallParts.store(bucket, 32);
    private final ServiceInMemory service = new ServiceInMemory(0, _ -> contents, now::get);

    CopyingTests() throws IOException {}

    @AfterEach
    void close() {
        held.countDown();
        await().until(() -> service.holders.count() == 0);
        contents.close();
        bucket.close();
        s3.close();
    }

    private Upload create(Concatenation concatenation, OptionalLong length) throws IOException {
        return service.uploads.create(
                new Creation("", length, UploadMetadata.NONE, concatenation, null));
    }

    private UploadId partial(String text) throws IOException {
        UploadId id = create(Concatenation.PARTIAL, OptionalLong.of(text.length())).id();
        service.uploads.append(id, append(0, text));
        return id;
    }

    private UploadId finalOf(UploadId... partials) throws IOException {
        return create(new Concatenation.Final(List.of(partials), "final;"), OptionalLong.empty())
                .id();
    }

    /** Copies wait until the test lets them. */
    private void hold() {
        s3.faults(
                call -> {
                    if (call.operation() == S3Operation.UPLOAD_PART_COPY) {
                        awaitRelease();
                    }
                    return S3Fault.NONE;
                });
    }

    private void awaitRelease() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void refuse(int status, String code) {
        s3.faults(
                call ->
                        call.operation() == S3Operation.UPLOAD_PART_COPY
                                ? new S3Fault.Refused(status, code)
                                : S3Fault.NONE);
    }

    private void awaitComplete(UploadId id) {
        await().until(() -> service.record(id).state() == UploadState.COMPLETE);
    }

    private void awaitNobody() {
        await().until(() -> service.holders.count() == 0);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private String download(UploadId id) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Upload upload = service.uploads.complete(id);
        service.uploads.read(upload, 0, upload.offset(), Channels.newChannel(read)::write);
        return read.toString(US_ASCII);
    }

    private List<UploadEvent> told(UploadId id) {
        return service.catalog.outbox(10).stream()
                .map(OutboxEntry::event)
                .filter(event -> event.id().equals(id))
                .toList();
    }

    private List<String> keys(UploadId id) {
        return s3.keys().stream().filter(key -> key.contains(id.value())).toList();
    }

    @Test
    void isReadThroughItsPartialUploadsUntilItHasContentOfItsOwn() throws IOException {
        UploadId first = partial(FIRST);
        UploadId second = partial(SECOND);
        hold();

        UploadId id = finalOf(first, second);

        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETING);
        assertThat(service.uploads.head(id).offset()).isEqualTo(5L * SmallParts.LEAST);
        assertThat(download(id)).isEqualTo(FIRST + SECOND);
        assertThat(told(id)).isEmpty();

        held.countDown();
        awaitComplete(id);
        assertThat(service.record(id).content()).isInstanceOf(UploadContent.Stored.class);
        assertThat(keys(id)).hasSize(1);
        assertThat(download(id)).isEqualTo(FIRST + SECOND);
        assertThat(told(id))
                .containsExactly(new UploadEvent.Completed(id, now.get(), 5L * SmallParts.LEAST));
    }

    @Test
    void getsItWhenItsLastPartialUploadIsComplete() throws IOException {
        UploadId first = partial(FIRST);
        UploadId second = create(Concatenation.PARTIAL, OptionalLong.of(SECOND.length())).id();
        UploadId id = finalOf(first, second);
        assertThat(service.record(id).state()).isEqualTo(UploadState.RECEIVING);

        service.uploads.append(second, append(0, SECOND));

        awaitComplete(id);
        assertThat(download(id)).isEqualTo(FIRST + SECOND);
        assertThat(told(id)).hasSize(1);
    }

    @Test
    void outlivesItsPartialUploads() throws IOException {
        UploadId first = partial(FIRST);
        UploadId second = partial(SECOND);
        UploadId id = finalOf(first, second, first);
        awaitComplete(id);

        service.uploads.terminate(first);
        service.uploads.terminate(second);

        assertThat(keys(first)).isEmpty();
        assertThat(keys(second)).isEmpty();
        assertThat(download(id)).isEqualTo(FIRST + SECOND + FIRST);
    }

    @Test
    void letsItsPartialUploadsExpire() throws IOException {
        UploadId first = partial(FIRST);
        UploadId id = finalOf(first);
        awaitComplete(id);
        assertThat(service.record(first).expiresAt())
                .isEqualTo(now.get().plus(Duration.ofHours(1)));

        pass(Duration.ofHours(2));
        service.uploads.sweep(10);

        assertThat(service.record(first).state()).isEqualTo(UploadState.EXPIRED);
        assertThat(keys(first)).isEmpty();
        assertThat(download(id)).isEqualTo(FIRST);
    }

    @Test
    void needsAPartialUploadThatIsTerminatedMeanwhile() throws IOException {
        UploadId first = partial(FIRST);
        hold();
        UploadId id = finalOf(first);

        service.uploads.terminate(first);
        assertThat(download(id)).isEqualTo(FIRST);
        held.countDown();
        awaitComplete(id);

        assertThat(download(id)).isEqualTo(FIRST);
        pass(Duration.ofHours(2));
        service.uploads.sweep(10);
        assertThat(keys(first)).isEmpty();
        assertThat(service.catalog.find(first)).isEmpty();
        assertThat(download(id)).isEqualTo(FIRST);
    }

    @Test
    void isCompletedByTheSweepWhenNobodyElseCould() throws IOException {
        UploadId first = partial(FIRST);
        refuse(403, "AccessDenied");
        UploadId id = finalOf(first);
        awaitNobody();
        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETING);
        assertThat(s3.multiparts()).isZero();
        s3.faults(_ -> S3Fault.NONE);
        assertThat(service.uploads.sweep(10)).isZero();

        pass(Duration.ofMinutes(6));

        assertThat(service.uploads.sweep(10)).isOne();
        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETE);
        assertThat(download(id)).isEqualTo(FIRST);
        assertThat(told(id)).hasSize(1);
    }

    @Test
    void isCompletedOnceWhenAnotherNodeTakesOver() throws IOException {
        UploadId first = partial(FIRST);
        hold();
        UploadId id = finalOf(first);
        await().until(() -> service.holders.held(id));

        service.change(id, from -> from.change().epoch(from.epoch() + 1).done());
        held.countDown();
        awaitNobody();

        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETING);
        assertThat(told(id)).isEmpty();
        pass(Duration.ofMinutes(6));
        assertThat(service.uploads.sweep(10)).isOne();
        assertThat(told(id)).hasSize(1);
        assertThat(download(id)).isEqualTo(FIRST);
    }

    @Test
    void canBeTerminatedAtAnyTime() throws IOException {
        UploadId first = partial(FIRST);
        hold();
        UploadId id = finalOf(first);
        await().until(() -> s3.multiparts() == 1);

        service.uploads.terminate(id);

        assertThat(service.record(id).state()).isEqualTo(UploadState.TERMINATED);
        assertThat(s3.multiparts()).isZero();
        assertThat(keys(id)).isEmpty();
        assertThat(service.record(first).concatenation()).isEqualTo(Concatenation.PARTIAL);
    }

    @Test
    void takesItsContentAlong() throws IOException {
        UploadId id = finalOf(partial(FIRST));
        awaitComplete(id);

        service.uploads.terminate(id);

        assertThat(keys(id)).isEmpty();
    }

    @Test
    void staysReadThroughItsPartialUploadsWhereTheStoreCannotCopy() throws IOException {
        UploadId first = partial(FIRST);
        refuse(501, "NotImplemented");

        UploadId id = finalOf(first);

        awaitComplete(id);
        assertThat(service.record(id).content()).isNull();
        service.uploads.terminate(first);
        assertThat(download(id)).isEqualTo(FIRST);
        assertThat(told(id)).hasSize(1);
    }

    @Test
    void isRejectedWhenAPartialUploadHasLostItsBytes() throws IOException {
        UploadId first = partial(FIRST);
        bucket.delete(keys(first));

        UploadId id = finalOf(first);

        await().until(() -> service.record(id).state() == UploadState.REJECTED);
        assertThat(told(id)).isEmpty();
    }

    @Test
    void lastsLongerThanASweepWaits() throws IOException {
        UploadId first = partial(FIRST);
        hold();
        UploadId id = finalOf(first);
        await().until(() -> service.holders.held(id));
        pass(Duration.ofMinutes(6));

        assertThat(service.uploads.sweep(10)).isZero();

        held.countDown();
        awaitComplete(id);
        assertThat(told(id)).hasSize(1);
    }
}
