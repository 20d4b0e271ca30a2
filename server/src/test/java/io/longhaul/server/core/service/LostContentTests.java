package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Content without a record, records without content, and stores without room. */
final class LostContentTests {

    private final ServiceInMemory service = new ServiceInMemory();

    private UploadId half() throws IOException {
        UploadId id = service.created(6);
        service.uploads.append(id, ServiceInMemory.append(0, "abc"));
        return id;
    }

    /** Bytes that were flushed, but never committed. */
    private void litter(UploadId id) throws IOException {
        try (ContentAppend append = service.contents.append(id, ContentPlace.START)) {
            append.write(ByteBuffer.wrap(ServiceInMemory.bytes("litter")));
            append.flush();
        }
    }

    @Test
    void uploadWhoseContentIsLostIsRejected() throws IOException {
        UploadId id = half();
        service.contents.delete(id, null);

        UploadException refusal =
                catchThrowableOfType(
                        UploadException.class,
                        () -> service.uploads.append(id, ServiceInMemory.append(3, "def")));

        assertThat(refusal.code()).isEqualTo("upload-rejected");
        assertThat(TusProtocol.refusal(refusal).status()).isEqualTo(410);
        assertThat(service.record(id).state()).isEqualTo(UploadState.REJECTED);
        assertThat(UploadWorld.outcome(() -> service.uploads.head(id)))
                .isEqualTo("upload-rejected");
    }

    @Test
    void contentWithoutARecordIsDeleted() throws IOException {
        UploadId known = half();
        litter(UploadId.random());

        assertThat(service.uploads.deleteOrphans(Duration.ofHours(1))).isZero();
        assertThat(service.uploads.deleteOrphans(Duration.ofHours(-1))).isEqualTo(1);
        assertThat(service.contents.count()).isEqualTo(1);
        assertThat(service.uploads.append(known, ServiceInMemory.append(3, "def")).offset())
                .isEqualTo(6);
    }

    @Test
    void terminationFreesBytesThatWereNeverCommitted() throws IOException {
        UploadId id = service.created(6);
        litter(id);

        service.uploads.terminate(id);

        assertThat(service.contents.count()).isZero();
    }

    @Test
    void storeThatFillsUpInTheFlushIsFull() throws IOException {
        UploadId id = half();
        service.store.failNextFlush(new StorageFullException("told to be full"));

        assertThat(
                        UploadWorld.outcome(
                                () -> service.uploads.append(id, ServiceInMemory.append(3, "def"))))
                .isEqualTo("storage-full");
        assertThat(service.uploads.head(id).offset()).isEqualTo(3);
    }
}
