package io.longhaul.server.observability;

import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.event.UploadListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Counts and times what happens to uploads. Thread-safe. */
public final class UploadMetrics implements UploadListener {

    private final MeterRegistry registry;
    private final Counter created;
    private final Counter completed;
    private final Counter terminated;
    private final Counter expired;
    private final Counter received;
    private final Timer appends;
    private final Timer waits;
    private final Counter takeovers;

    public UploadMetrics(MeterRegistry registry) {
        this.registry = registry;
        created = events("created");
        completed = events("completed");
        terminated = events("terminated");
        expired = events("expired");
        received = counter("longhaul.bytes.received", "Bytes accepted");
        appends =
                timer(
                        "longhaul.append.duration",
                        "Appends, from the first byte to the last commit");
        waits = timer("longhaul.holder.waits", "Requests that waited for a holder to let go");
        takeovers = counter("longhaul.holder.takeovers", "Uploads taken over from a holder");
    }

    // A tag, because Prometheus takes "_created" off the end of a metric's name.
    private Counter events(String event) {
        return Counter.builder("longhaul.uploads.events")
                .description("Uploads created, completed, terminated by clients, and expired")
                .tag("event", event)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }

    /** Shows how many uploads are being appended to now. */
    public void showActive(IntSupplier active) {
        Gauge.builder("longhaul.uploads.active", active, IntSupplier::getAsInt)
                .description("Uploads that are being appended to")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many bytes the store can still take, as NaN where it does not know. */
    public void showUsable(ContentStore store) {
        Gauge.builder("longhaul.content.usable", store, UploadMetrics::usable)
                .description("Bytes that can still be stored")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    private static double usable(ContentStore store) {
        var bytes = store.usableBytes();
        return bytes.isPresent() ? (double) bytes.getAsLong() : Double.NaN;
    }

    @Override
    public void onEvent(UploadEvent event) {
        switch (event) {
            case UploadEvent.Created _ -> created.increment();
            case UploadEvent.Completed _ -> completed.increment();
            case UploadEvent.Terminated _ -> terminated.increment();
            case UploadEvent.Expired _ -> expired.increment();
        }
    }

    @Override
    public void onAppend(long bytes, Duration duration) {
        received.increment((double) bytes);
        appends.record(duration);
    }

    @Override
    public void onWait(Duration duration) {
        waits.record(duration);
    }

    @Override
    public void onTakeover() {
        takeovers.increment();
    }

    @Override
    public void onRefusal(String code) {
        Counter.builder("longhaul.requests.refused")
                .description("Requests refused, by error code")
                .tag("code", code)
                .register(registry)
                .increment();
    }
}
