package io.longhaul.server.simulation;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The completions that the nodes have delivered. Thread-safe. */
final class Deliveries {

    private static final int BATCH = 50;

    private final Map<UploadId, Set<OutboxEntry>> completed = new ConcurrentHashMap<>();

    /** Takes some of the outbox; how many. */
    int deliver(UploadCatalog catalog) throws IOException {
        List<OutboxEntry> entries = catalog.outbox(BATCH);
        for (OutboxEntry entry : entries) {
            completed
                    .computeIfAbsent(entry.event().id(), _ -> ConcurrentHashMap.newKeySet())
                    .add(entry);
        }
        catalog.acknowledge(entries);
        return entries.size();
    }

    /** Looks for uploads that were completed twice. */
    void check(Violations violations) {
        completed.forEach(
                (id, entries) -> {
                    if (entries.size() > 1) {
                        violations.add(
                                "%s was completed more than once: %s".formatted(id, entries));
                    }
                });
    }

    /** Whether the completion of an upload of that length was delivered. */
    boolean told(UploadId id, long length) {
        return completed.getOrDefault(id, Set.of()).stream()
                .anyMatch(
                        entry ->
                                entry.event() instanceof UploadEvent.Completed event
                                        && event.length() == length);
    }
}
