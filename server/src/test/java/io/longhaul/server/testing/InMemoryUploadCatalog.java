package io.longhaul.server.testing;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A catalog that forgets everything with its process. Thread-safe. */
public final class InMemoryUploadCatalog implements UploadCatalog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UploadId, Upload> records = new HashMap<>();
    private final Map<String, UploadEvent> outbox = new LinkedHashMap<>();
    private long lastNumber;

    @Override
    public Upload create(Upload upload, UploadEvent... events) throws IOException {
        lock.lock();
        try {
            Optional<Upload> known = withCreationKey(upload);
            if (known.isPresent()) {
                return known.get();
            }
            if (records.containsKey(upload.id())) {
                throw new IOException("another record has the id");
            }
            return store(upload, 1, events);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Upload> find(UploadId id) {
        return locked(() -> Optional.ofNullable(records.get(id)));
    }

    @Override
    public Optional<Upload> replace(Upload changed, long expectedVersion, UploadEvent... events)
            throws IOException {
        lock.lock();
        try {
            if (!hasVersion(changed.id(), expectedVersion)) {
                return Optional.empty();
            }
            if (withCreationKey(changed).filter(other(changed)).isPresent()) {
                throw new IOException("another record has the creation key");
            }
            return Optional.of(store(changed, expectedVersion + 1, events));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean remove(UploadId id, long expectedVersion) {
        return locked(() -> hasVersion(id, expectedVersion) && records.remove(id) != null);
    }

    @Override
    public List<Upload> due(Instant now, int limit) {
        return locked(
                () ->
                        records.values().stream()
                                .flatMap(InMemoryUploadCatalog::expiring)
                                .filter(expiring -> !expiring.at().isAfter(now))
                                .sorted(Comparator.comparing(Expiring::at))
                                .limit(limit)
                                .map(Expiring::upload)
                                .toList());
    }

    private record Expiring(Upload upload, Instant at) {}

    private static Stream<Expiring> expiring(Upload upload) {
        Instant at = upload.expiresAt();
        return at == null ? Stream.empty() : Stream.of(new Expiring(upload, at));
    }

    @Override
    public List<OutboxEntry> outbox(int limit) {
        return locked(
                () ->
                        outbox.entrySet().stream()
                                .limit(limit)
                                .map(entry -> new OutboxEntry(entry.getKey(), entry.getValue()))
                                .toList());
    }

    @Override
    public void acknowledge(List<OutboxEntry> delivered) {
        locked(() -> outbox.keySet().removeAll(delivered.stream().map(OutboxEntry::name).toList()));
    }

    private Upload store(Upload upload, long version, UploadEvent... events) {
        Upload stored = upload.stored(version);
        records.put(stored.id(), stored);
        for (UploadEvent event : events) {
            outbox.put(Long.toString(++lastNumber), storable(event));
        }
        return stored;
    }

    private boolean hasVersion(UploadId id, long version) {
        Upload known = records.get(id);
        return known != null && known.version() == version;
    }

    private Optional<Upload> withCreationKey(Upload upload) {
        String key = upload.creationKey();
        return key == null
                ? Optional.empty()
                : records.values().stream()
                        .filter(known -> key.equals(known.creationKey()))
                        .findAny();
    }

    private static Predicate<Upload> other(Upload upload) {
        return known -> !known.id().equals(upload.id());
    }

    private static UploadEvent storable(UploadEvent event) {
        return switch (event) {
            case UploadEvent.Created(var id, var at) -> new UploadEvent.Created(id, millis(at));
            case UploadEvent.Completed(var id, var at, var length) ->
                    new UploadEvent.Completed(id, millis(at), length);
            case UploadEvent.Terminated(var id, var at) ->
                    new UploadEvent.Terminated(id, millis(at));
            case UploadEvent.Expired(var id, var at) -> new UploadEvent.Expired(id, millis(at));
        };
    }

    private static Instant millis(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private <R> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
