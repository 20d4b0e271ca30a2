package io.longhaul.server.core.service;

import static io.longhaul.server.core.service.ServiceInMemory.append;
import static io.longhaul.server.core.service.ServiceInMemory.bytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.testing.AssemblingContentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Uploads whose bytes are all there before their store can give them back. */
class AssemblyTests {

    private final IOException failure = new IOException("told to fail");

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final AtomicReference<AssemblingContentStore> made = new AtomicReference<>();
    private final ServiceInMemory service = new ServiceInMemory(0, this::assembling, now::get);
    private final AssemblingContentStore store = made.get();

    private ContentStore assembling(ContentStore behind) {
        made.set(new AssemblingContentStore(behind));
        return made.get();
    }

    /** Its last byte is accepted, but whoever took it could not complete it. */
    private UploadId completing() throws IOException {
        UploadId id = service.created(3);
        store.fail(failure);
        assertThat(UploadWorld.outcome(() -> service.uploads.append(id, append(0, "abc"))))
                .isEqualTo("failed");
        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETING);
        return id;
    }

    private List<UploadEvent> told() {
        return service.catalog.outbox(10).stream().map(OutboxEntry::event).toList();
    }

    private String download(UploadId id) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Upload upload = service.uploads.complete(id);
        service.uploads.read(upload, 0, upload.offset(), Channels.newChannel(read)::write);
        return read.toString(US_ASCII);
    }

    @Test
    void isCompleteAndToldOnceWhenTheLastByteIsAnswered() throws IOException {
        UploadId id = service.created(6);
        service.uploads.append(id, append(0, "abc"));
        assertThat(store.assembled()).isZero();

        Upload complete = service.uploads.append(id, append(3, "def"));

        assertThat(complete.state()).isEqualTo(UploadState.COMPLETE);
        assertThat(store.assembled()).isOne();
        assertThat(download(id)).isEqualTo("abcdef");
        assertThat(told()).containsExactly(new UploadEvent.Completed(id, now.get(), 6));
    }

    @Test
    void isCompleteWhenItWasCreatedWithAllItsBytes() throws IOException {
        Upload complete =
                service.uploads.create(ServiceInMemory.creation(3, null), append(0, "abc"));

        assertThat(complete.state()).isEqualTo(UploadState.COMPLETE);
        assertThat(download(complete.id())).isEqualTo("abc");
    }

    @Test
    void keepsItsBytesAndTellsNobodyWhileItCannotBeCompleted() throws IOException {
        UploadId id = completing();

        assertThat(service.record(id).offset()).isEqualTo(3);
        assertThat(told()).isEmpty();
        assertThat(UploadWorld.outcome(() -> service.uploads.head(id))).isEqualTo("failed");
        assertThat(UploadWorld.outcome(() -> service.uploads.complete(id))).isEqualTo("failed");
        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETING);
    }

    @Test
    void isCompletedByTheNextHead() throws IOException {
        UploadId id = completing();
        store.fail(null);

        assertThat(service.uploads.head(id).state()).isEqualTo(UploadState.COMPLETE);
        assertThat(told()).hasSize(1);
        assertThat(service.uploads.head(id).state()).isEqualTo(UploadState.COMPLETE);
        assertThat(store.assembled()).isOne();
    }

    @Test
    void isCompletedByTheLastAppendRepeated() throws IOException {
        UploadId id = completing();
        store.fail(null);

        assertThat(service.uploads.append(id, append(3, "")).state())
                .isEqualTo(UploadState.COMPLETE);
        assertThat(UploadWorld.outcome(() -> service.uploads.append(id, append(3, "d"))))
                .isEqualTo("length-exceeded");
    }

    @Test
    void isCompletedByTheDownload() throws IOException {
        UploadId id = completing();
        store.fail(null);

        assertThat(download(id)).isEqualTo("abc");
    }

    @Test
    void isCompletedByTheSweepWhenNobodyComesBack() throws IOException {
        UploadId id = completing();
        store.fail(null);
        assertThat(service.uploads.sweep(10)).isZero();

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));

        assertThat(service.uploads.sweep(10)).isOne();
        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETE);
        assertThat(told()).hasSize(1);
    }

    @Test
    void doesNotKeepTheSweepFromOthers() throws IOException {
        UploadId stuck = completing();
        now.updateAndGet(time -> time.plusSeconds(1));
        UploadId other = service.created(3);
        now.updateAndGet(time -> time.plus(Duration.ofDays(1)));

        assertThat(UploadWorld.outcome(() -> service.uploads.sweep(10))).isEqualTo("failed");

        assertThat(service.record(stuck).state()).isEqualTo(UploadState.COMPLETING);
        assertThat(service.record(other).state()).isEqualTo(UploadState.EXPIRED);
    }

    @Test
    void isRejectedAndNeverCompleteWhenItsContentHasVanished() throws IOException {
        UploadId id = completing();
        store.fail(new ContentLostException("somebody has deleted it"));

        assertThat(UploadWorld.outcome(() -> service.uploads.head(id)))
                .isEqualTo("upload-rejected");
        assertThat(service.record(id).state()).isEqualTo(UploadState.REJECTED);
        assertThat(told()).isEmpty();
    }

    @Test
    void isTerminatedLikeAnyOther() throws IOException {
        UploadId id = completing();

        service.uploads.terminate(id);

        assertThat(service.record(id).state()).isEqualTo(UploadState.TERMINATED);
        assertThat(service.record(id).content()).isNull();
    }

    @Test
    void waitsForNobodyWhileAnotherRequestHoldsIt() throws IOException {
        UploadId id = completing();
        store.fail(null);

        try (var _ = service.holders.tryAcquire(id).orElseThrow()) {
            assertThat(service.uploads.head(id).offset()).isEqualTo(bytes("abc").length);
            assertThat(store.assembled()).isZero();
        }
    }
}
