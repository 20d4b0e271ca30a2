package io.longhaul.server.core.service;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Delivers the outbox to a listener: each entry at least once, in order, and again after a crash
 * before it was acknowledged. Delivered to by one thread; told of announcements by any.
 */
public final class OutboxRelay implements UploadListener {

    private static final int BATCH = 500;

    /** How long to wait for others: all are acknowledged by one commit. */
    private static final Duration GATHERING = Duration.ofMillis(100);

    private final UploadCatalog catalog;
    private final UploadListener target;
    private final Semaphore announced = new Semaphore(0);

    public OutboxRelay(UploadCatalog catalog, UploadListener target) {
        this.catalog = catalog;
        this.target = target;
    }

    @Override
    public void onAnnouncement() {
        announced.release();
    }

    /** Waits for an announcement, and a moment for others, or for some time. */
    public void await(Duration patience) throws InterruptedException {
        if (announced.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            TimeUnit.NANOSECONDS.sleep(GATHERING.toNanos());
            announced.drainPermits();
        }
    }

    /**
     * Delivers all that is in the outbox.
     *
     * @return how many events
     * @throws IOException when the catalog fails; what was not acknowledged comes again
     */
    public int deliver() throws IOException {
        int delivered = 0;
        List<OutboxEntry> entries = catalog.outbox(BATCH);
        while (!entries.isEmpty()) {
            entries.forEach(entry -> target.onEvent(entry.event()));
            catalog.acknowledge(entries);
            delivered += entries.size();
            entries = catalog.outbox(BATCH);
        }
        return delivered;
    }
}
