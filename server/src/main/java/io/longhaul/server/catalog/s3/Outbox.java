package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The events that are to be delivered. They stand in their records; an empty object {@code
 * o/<time>-<nonce>/<id>} tells which records to look at. Thread-safe.
 */
final class Outbox {

    private static final int PAGE = 1_000;

    private final S3Bucket bucket;
    private final RecordStore records;
    private final Places places;

    Outbox(S3Bucket bucket, RecordStore records, Places places) {
        this.bucket = bucket;
        this.records = records;
        this.places = places;
    }

    /** The oldest entries; deletes what tells of no event. */
    List<OutboxEntry> entries(int limit) throws IOException {
        Map<UploadId, List<OutboxEntry>> seen = new LinkedHashMap<>();
        List<OutboxEntry> entries = new ArrayList<>();
        S3Page page = page("", limit);
        while (true) {
            Map<UploadId, List<OutboxEntry>> looked = look(page.entries(), seen);
            looked.values().forEach(entries::addAll);
            if (!page.more() || entries.size() >= limit) {
                break;
            }
            seen.putAll(looked);
            page = page(page.entries().getLast().key(), limit);
        }
        return List.copyOf(entries.subList(0, Math.min(limit, entries.size())));
    }

    /** An intent has an event at least, so no more of them are needed at once. */
    private S3Page page(String after, int limit) throws IOException {
        return bucket.list(Intent.PREFIX, after, Math.clamp(limit, 1, PAGE));
    }

    /**
     * What the records of some intents have to tell that were not seen before. Events of one record
     * come together: clocks may differ between those who wrote the intents.
     */
    private Map<UploadId, List<OutboxEntry>> look(
            List<S3Entry> page, Map<UploadId, List<OutboxEntry>> seen) throws IOException {
        List<Intent> intents = new ArrayList<>();
        for (S3Entry each : page) {
            intents.add(Intent.of(each));
        }
        Set<UploadId> unseen = new LinkedHashSet<>();
        intents.forEach(intent -> unseen.add(intent.id()));
        unseen.removeAll(seen.keySet());
        Map<UploadId, List<OutboxEntry>> looked = events(unseen);
        for (Intent intent : intents) {
            List<OutboxEntry> events = looked.getOrDefault(intent.id(), seen.get(intent.id()));
            boolean empty = events == null || events.stream().noneMatch(intent::brought);
            if (empty && !places.young(intent.modified())) {
                clear(intent);
            }
        }
        return looked;
    }

    private Map<UploadId, List<OutboxEntry>> events(Set<UploadId> ids) throws IOException {
        Iterator<List<OutboxEntry>> found = Together.each(ids, this::events).iterator();
        Map<UploadId, List<OutboxEntry>> events = new LinkedHashMap<>();
        ids.forEach(id -> events.put(id, found.next()));
        return events;
    }

    private List<OutboxEntry> events(UploadId id) throws IOException {
        return records.read(id).map(found -> found.head().outbox()).orElse(List.of());
    }

    /** Deletes an intent without an event, once none can come. */
    private void clear(Intent intent) throws IOException {
        StoredRecord found = records.read(intent.id()).orElse(null);
        boolean empty = found == null || found.head().outbox().stream().noneMatch(intent::brought);
        if (empty && places.fence(intent.id(), found, Optional.empty())) {
            places.delete(intent.key());
        }
    }

    void acknowledge(List<OutboxEntry> delivered) throws IOException {
        Map<UploadId, Set<String>> names = new LinkedHashMap<>();
        Set<Intent> intents = new HashSet<>();
        for (OutboxEntry entry : delivered) {
            Optional<Intent> intent = Intent.of(entry);
            if (intent.isPresent()) {
                intents.add(intent.get());
                names.computeIfAbsent(intent.get().id(), _ -> new HashSet<>()).add(entry.name());
            }
        }
        List<List<OutboxEntry>> left =
                Together.each(names.entrySet(), each -> take(each.getKey(), each.getValue()));
        intents.removeIf(intent -> left.stream().flatMap(List::stream).anyMatch(intent::brought));
        List<String> superfluous = places.takeLeft();
        intents.forEach(intent -> superfluous.add(intent.key()));
        bucket.delete(superfluous);
    }

    /** Takes entries out of a record, and gives those that are left. */
    private List<OutboxEntry> take(UploadId id, Set<String> names) throws IOException {
        Patience.Tries tries = Retries.CONFLICTS.start();
        while (true) {
            StoredRecord found = records.read(id).orElse(null);
            List<OutboxEntry> all = found == null ? List.of() : found.head().outbox();
            List<OutboxEntry> left =
                    all.stream().filter(entry -> !names.contains(entry.name())).toList();
            if (found == null
                    || left.size() == all.size()
                    || places.rewrite(id, found, found.head().outbox(left))) {
                return left;
            }
            tries.againOr(new IOException("the record is changed again and again"));
        }
    }
}
