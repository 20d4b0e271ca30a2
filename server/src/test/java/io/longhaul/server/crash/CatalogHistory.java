package io.longhaul.server.crash;

import io.longhaul.server.crash.StoredCatalog.Told;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A catalog from kill to kill: what may not go back does not, and each completion is told to the
 * outbox exactly once, in one transaction with the record. Used by one thread at a time.
 */
final class CatalogHistory {

    private StoredCatalog last = StoredCatalog.EMPTY;
    private final Set<String> forgotten = new HashSet<>();
    private final Map<String, Long> completed = new HashMap<>();
    private final Set<String> delivered = new HashSet<>();
    private int repeated;

    /**
     * Takes note of the catalog after a kill.
     *
     * @param deliveries the completions that listeners were told since the kill before, in order
     * @return the records that are not as they were at the kill before
     */
    List<StoredUpload> kill(StoredCatalog catalog, List<Delivery> deliveries) {
        last.uploads().keySet().stream()
                .filter(id -> !catalog.uploads().containsKey(id))
                .forEach(this::forget);
        List<StoredUpload> changed =
                catalog.uploads().values().stream()
                        .filter(upload -> !upload.equals(last.uploads().get(upload.id())))
                        .toList();
        changed.forEach(this::check);
        complete(catalog, deliveries);
        checkDeliveries(catalog, deliveries);
        last = catalog;
        return changed;
    }

    /** A completion that the listeners were told. */
    record Delivery(String id, long length) {}

    int completed() {
        return completed.size();
    }

    /** How many completions the listeners were told again after a kill. */
    int repeated() {
        return repeated;
    }

    private void forget(String id) {
        forgotten.add(id);
    }

    private void check(StoredUpload now) {
        StoredUpload before = last.uploads().getOrDefault(now.id(), now);
        boolean back =
                now.version() < before.version()
                        || now.epoch() < before.epoch()
                        || now.offset() < before.offset()
                        || (!before.live() && now.live())
                        || (before.complete() && now.state().equals("RECEIVING"))
                        || forgotten.contains(now.id());
        if (back) {
            throw new AssertionError("%s went back to %s".formatted(before, now));
        }
        if (now.complete() != (now.live() && now.whole())) {
            throw new AssertionError("complete or not? " + now);
        }
    }

    private void complete(StoredCatalog catalog, List<Delivery> deliveries) {
        catalog.uploads().values().stream()
                .filter(StoredUpload::whole)
                .forEach(upload -> complete(upload.id(), upload.offset()));
        // Those that were terminated and forgotten since the kill before are only here.
        catalog.outbox().forEach(told -> complete(told.id(), told.length()));
        deliveries.forEach(told -> complete(told.id(), told.length()));
        if (catalog.told() != completed.size()) {
            throw new AssertionError(
                    "%d uploads were completed, and %d events told so to the outbox: %s"
                            .formatted(completed.size(), catalog.told(), untold(catalog)));
        }
    }

    private void complete(String id, long length) {
        Long known = completed.putIfAbsent(id, length);
        if (known != null && known != length) {
            throw new AssertionError("%s complete at %d and %d".formatted(id, known, length));
        }
    }

    private Set<String> untold(StoredCatalog catalog) {
        Set<String> untold = new HashSet<>(completed.keySet());
        untold.removeAll(delivered);
        untold.removeAll(ids(catalog.outbox()));
        return untold;
    }

    private void checkDeliveries(StoredCatalog catalog, List<Delivery> deliveries) {
        Set<String> mayRepeat = ids(last.outbox());
        Set<String> inThisLife = new HashSet<>();
        for (Delivery delivery : deliveries) {
            boolean again = !delivered.add(delivery.id());
            repeated += again ? 1 : 0;
            boolean acknowledged = again && !mayRepeat.contains(delivery.id());
            if (acknowledged || !inThisLife.add(delivery.id())) {
                throw new AssertionError("%s was told again".formatted(delivery));
            }
        }
        Set<String> untold = untold(catalog);
        if (!untold.isEmpty()) {
            throw new AssertionError("completed, and nobody was told: " + untold);
        }
        checkOutbox(catalog.outbox());
    }

    private static void checkOutbox(Collection<Told> outbox) {
        boolean kinds = outbox.stream().allMatch(told -> told.kind().equals("COMPLETED"));
        if (!kinds || ids(outbox).size() != outbox.size()) {
            throw new AssertionError("not one completion for each upload: " + outbox);
        }
    }

    private static Set<String> ids(Collection<Told> outbox) {
        return outbox.stream().map(Told::id).collect(Collectors.toSet());
    }
}
