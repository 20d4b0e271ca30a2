package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a record's object beside the record.
 *
 * @param trail the nonces of the latest writes, the newest last: it makes each ETag differ from all
 *     others
 * @param filed the key of the record's entry in the index of what is due; null for none
 * @param claims the hashes of the creation keys whose objects may name the record
 * @param outbox the events that were not acknowledged, in order
 */
record RecordHead(
        List<String> trail, @Nullable String filed, List<String> claims, List<OutboxEntry> outbox) {

    /** How many writes the trail tells of. */
    static final int TRAIL = 32;

    static final RecordHead NONE = new RecordHead(List.of(), null, List.of(), List.of());

    RecordHead {
        trail = List.copyOf(trail);
        claims = List.copyOf(claims);
        outbox = List.copyOf(outbox);
    }

    /** The head of a write that changes nothing of the record. */
    RecordHead rewritten() {
        return written(Names.nonce());
    }

    /** The head of a write. */
    RecordHead written(String by) {
        List<String> longer = new ArrayList<>(trail);
        longer.add(by);
        int from = Math.max(0, longer.size() - TRAIL);
        return new RecordHead(longer.subList(from, longer.size()), filed, claims, outbox);
    }

    RecordHead filed(@Nullable String key) {
        return new RecordHead(trail, key, claims, outbox);
    }

    RecordHead claiming(String hash) {
        if (claims.contains(hash)) {
            return this;
        }
        List<String> more = new ArrayList<>(claims);
        more.add(hash);
        return new RecordHead(trail, filed, more, outbox);
    }

    RecordHead outbox(List<OutboxEntry> entries) {
        return new RecordHead(trail, filed, claims, entries);
    }

    /** Whether it was written by a write, or after it. */
    boolean comesFrom(String write) {
        return trail.contains(write);
    }

    /** Whether the trail tells of all writes since another head. */
    boolean tellsAllSince(RecordHead earlier) {
        return trail.size() < TRAIL
                || (!earlier.trail.isEmpty() && trail.contains(earlier.trail.getLast()));
    }
}
