package io.longhaul.server.observability;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Times every operation of a catalog as {@code longhaul.catalog}. As thread-safe as the catalog.
 */
public final class MeteredUploadCatalog implements UploadCatalog {

    private final UploadCatalog catalog;
    private final Timing timing;

    public MeteredUploadCatalog(UploadCatalog catalog, MeterRegistry registry) {
        this.catalog = catalog;
        timing = new Timing(registry, "longhaul.catalog", "Operations on upload records");
    }

    @Override
    public Upload create(Upload upload, UploadEvent... outbox) throws IOException {
        return timing.time("create", () -> catalog.create(upload, outbox));
    }

    @Override
    public Optional<Upload> find(UploadId id) throws IOException {
        return timing.time("find", () -> catalog.find(id));
    }

    @Override
    public Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... outbox)
            throws IOException {
        return timing.time("replace", () -> catalog.replace(changed, expectedVersion, outbox));
    }

    @Override
    public boolean remove(UploadId id, long expectedVersion) throws IOException {
        return timing.time("remove", () -> catalog.remove(id, expectedVersion));
    }

    @Override
    public List<Upload> due(Instant now, int limit) throws IOException {
        return timing.time("due", () -> catalog.due(now, limit));
    }

    @Override
    public List<OutboxEntry> outbox(int limit) throws IOException {
        return timing.time("outbox", () -> catalog.outbox(limit));
    }

    @Override
    public void acknowledge(List<OutboxEntry> delivered) throws IOException {
        timing.time("acknowledge", () -> catalog.acknowledge(delivered));
    }
}
