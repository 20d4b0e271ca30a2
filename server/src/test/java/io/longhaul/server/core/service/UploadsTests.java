package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class UploadsTests {

    private final ServiceInMemory service = new ServiceInMemory();

    private UploadId partial() throws IOException {
        return service.uploads
                .create(
                        new Creation(
                                "",
                                OptionalLong.of(3),
                                UploadMetadata.NONE,
                                Concatenation.PARTIAL,
                                null))
                .id();
    }

    private Upload concatenate(UploadId... partials) throws IOException {
        return service.uploads.create(
                new Creation(
                        "",
                        OptionalLong.empty(),
                        UploadMetadata.NONE,
                        new Concatenation.Final(List.of(partials), "final;"),
                        null));
    }

    private void expire(UploadId id) throws IOException {
        service.change(id, from -> from.change().expiresAt(Instant.EPOCH).done());
    }

    @Test
    void creationWithAKeyDoesNotFindWhatHasExpiredAndWasNotSweptYet() throws IOException {
        Creation creation = ServiceInMemory.creation(6, "key");
        UploadId expired = service.uploads.create(creation).id();
        expire(expired);

        UploadId made = service.uploads.create(creation).id();

        assertThat(made).isNotEqualTo(expired);
        assertThat(service.uploads.create(creation).id()).isEqualTo(made);
        assertThat(service.uploads.sweep(10)).isEqualTo(1);
        assertThat(service.record(expired).state()).isEqualTo(UploadState.EXPIRED);
        assertThat(service.record(made).state()).isEqualTo(UploadState.RECEIVING);
    }

    @Test
    void finalUploadIsRejectedAsSoonAsOnePartIsGone() throws IOException {
        UploadId unfinished = partial();
        UploadId gone = partial();
        Upload made = concatenate(unfinished, gone);
        service.uploads.terminate(gone);

        assertThat(UploadWorld.outcome(() -> service.uploads.head(made.id())))
                .isEqualTo("upload-rejected");
        assertThat(service.record(made.id()).state()).isEqualTo(UploadState.REJECTED);
    }

    @Test
    void appendThatCompletesAPartSucceedsAlthoughAFinalUploadLacksAnother() throws IOException {
        UploadId part = partial();
        UploadId gone = partial();
        Upload lacking = concatenate(part, gone);
        Upload whole = concatenate(part);
        service.uploads.terminate(gone);

        Upload appended = service.uploads.append(part, ServiceInMemory.append(0, "abc"));

        assertThat(appended.state()).isEqualTo(UploadState.COMPLETE);
        assertThat(service.record(lacking.id()).state()).isEqualTo(UploadState.REJECTED);
        assertThat(service.record(whole.id()).state()).isEqualTo(UploadState.COMPLETE);
    }

    @Test
    void expiredFinalUploadDoesNotComeBackWhenItsPartsComplete() throws IOException {
        UploadId part = partial();
        Upload made = concatenate(part);
        expire(made.id());

        service.uploads.append(part, ServiceInMemory.append(0, "abc"));

        assertThat(service.record(made.id()).state()).isEqualTo(UploadState.RECEIVING);
        assertThat(UploadWorld.outcome(() -> service.uploads.head(made.id())))
                .isEqualTo("upload-expired");
    }

    @Test
    void overdueUploadDoesNotComeBackWhileTheSweepLooksAtIt() throws IOException {
        UploadId overdue = partial();
        expire(overdue);

        try (Holder _ = service.holders.tryAcquire(overdue).orElseThrow()) {
            assertThat(UploadWorld.outcome(() -> service.uploads.head(overdue)))
                    .isEqualTo("upload-expired");
            assertThat(UploadWorld.outcome(() -> service.uploads.complete(overdue)))
                    .isEqualTo("upload-expired");
        }
    }
}
