package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares uploads of the service with those of the model. */
final class UploadComparison {

    private final UploadWorld world;

    UploadComparison(UploadWorld world) {
        this.world = world;
    }

    /** Looks at an upload as a client does, and at the bytes that the store has of it. */
    void compare(ModelUpload upload) throws IOException {
        upload.look(world.now());
        List<Upload> seen = new ArrayList<>();
        String outcome = UploadWorld.outcome(() -> seen.add(world.uploads().head(upload.id())));
        assertThat(outcome)
                .as("head of %s", upload)
                .isEqualTo(upload.refusal(world.now()).orElse("ok"));
        for (Upload actual : seen) {
            compare(upload, actual);
        }
    }

    private void compare(ModelUpload upload, Upload actual) throws IOException {
        assertThat(actual.state()).as("state of %s", upload).isEqualTo(upload.state());
        assertThat(actual.offset()).as("offset of %s", upload).isEqualTo(upload.offset());
        assertThat(actual.expiresAt()).as("expiry of %s", upload).isEqualTo(upload.expires());
        if (upload.parts().isEmpty() || upload.complete()) {
            assertThat(actual.length()).as("length of %s", upload).isEqualTo(upload.length());
            assertThat(upload.complete() ? world.download(upload.id()) : world.bytes(actual))
                    .as("content of %s", upload)
                    .isEqualTo(upload.bytes());
        }
    }
}
