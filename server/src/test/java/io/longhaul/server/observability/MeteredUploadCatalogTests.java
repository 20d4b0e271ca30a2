package io.longhaul.server.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeteredUploadCatalogTests {

    private static final Upload UPLOAD =
            Upload.receiving(UploadId.random(), "", OptionalLong.of(3), Instant.EPOCH);
    private static final UploadEvent EVENT = new UploadEvent.Created(UPLOAD.id(), Instant.EPOCH);
    private static final OutboxEntry ENTRY = new OutboxEntry("1", EVENT);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordingCatalog catalog = new RecordingCatalog();
    private final MeteredUploadCatalog metered = new MeteredUploadCatalog(catalog, registry);

    @Test
    void passesChangesOnAndTimesThem() throws IOException {
        assertThat(metered.create(UPLOAD, EVENT)).isSameAs(UPLOAD);
        assertThat(metered.replace(UPLOAD, 4, EVENT)).containsSame(UPLOAD);
        assertThat(metered.remove(UPLOAD.id(), 5)).isTrue();

        assertThat(catalog.asked).containsExactly("create with 1", "replace 4 with 1", "remove 5");
        assertThat(count("create")).isEqualTo(1);
        assertThat(count("replace")).isEqualTo(1);
        assertThat(count("remove")).isEqualTo(1);
    }

    @Test
    void passesQuestionsOnAndTimesThem() throws IOException {
        assertThat(metered.due(Instant.EPOCH, 6)).containsExactly(UPLOAD);
        assertThat(metered.outbox(7)).containsExactly(ENTRY);
        metered.acknowledge(List.of(ENTRY));

        assertThat(catalog.asked).containsExactly("due 6", "outbox 7", "acknowledge 1");
        assertThat(count("due")).isEqualTo(1);
        assertThat(count("outbox")).isEqualTo(1);
        assertThat(count("acknowledge")).isEqualTo(1);
    }

    @Test
    void timesAFailureAndPassesItOn() {
        assertThatIOException()
                .isThrownBy(() -> metered.find(UPLOAD.id()))
                .withMessage("the catalog fails");
        assertThat(count("find")).isEqualTo(1);
    }

    private long count(String operation) {
        return registry.get("longhaul.catalog").tag("operation", operation).timer().count();
    }

    /** Writes down what it is asked for, and fails to find anything. */
    private static final class RecordingCatalog implements UploadCatalog {
        private final List<String> asked = new ArrayList<>();

        @Override
        public Upload create(Upload upload, UploadEvent... outbox) {
            asked.add("create with " + outbox.length);
            return upload;
        }

        @Override
        public Optional<Upload> find(UploadId id) throws IOException {
            throw new IOException("the catalog fails");
        }

        @Override
        public Optional<Upload> replace(
                Upload changed, long expectedVersion, UploadEvent... outbox) {
            asked.add("replace %d with %d".formatted(expectedVersion, outbox.length));
            return Optional.of(changed);
        }

        @Override
        public boolean remove(UploadId id, long expectedVersion) {
            return asked.add("remove " + expectedVersion);
        }

        @Override
        public List<Upload> due(Instant now, int limit) {
            asked.add("due " + limit);
            return List.of(UPLOAD);
        }

        @Override
        public List<OutboxEntry> outbox(int limit) {
            asked.add("outbox " + limit);
            return List.of(ENTRY);
        }

        @Override
        public void acknowledge(List<OutboxEntry> delivered) {
            asked.add("acknowledge " + delivered.size());
        }
    }
}
