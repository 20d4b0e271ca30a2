package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.Json;
import io.longhaul.client.cli.shell.Shell;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line on the output: {@code started}, {@code progress} (once a second), {@code
 * waiting}, {@code complete}, {@code failed}, {@code interrupted}.
 */
final class JsonView implements ProgressView {

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Shell shell;
    private final LongSupplier nanoTime;
    private final Map<Integer, Told> told = new HashMap<>();

    /** What was written of a transfer last. */
    private record Told(long time, boolean troubled) {}

    JsonView(Shell shell, LongSupplier nanoTime) {
        this.shell = shell;
        this.nanoTime = nanoTime;
    }

    @Override
    public void started(Transfer transfer) {
        told.put(transfer.id(), new Told(nanoTime.getAsLong(), false));
        Map<String, @Nullable Object> event = event("started", transfer);
        event.put("length", length(transfer));
        print(event);
    }

    @Override
    public void update(List<Transfer> running, Totals totals) {
        running.forEach(this::update);
    }

    private void update(Transfer transfer) {
        Told last = told.getOrDefault(transfer.id(), new Told(0, false));
        long now = nanoTime.getAsLong();
        boolean troubled = transfer.trouble().isPresent();
        if (troubled == last.troubled() && now - last.time() < INTERVAL) {
            return;
        }
        told.put(transfer.id(), new Told(now, troubled));
        Map<String, @Nullable Object> event = event(troubled ? "waiting" : "progress", transfer);
        addOffsets(event, transfer);
        event.put("trouble", transfer.trouble().orElse(null));
        print(event);
    }

    @Override
    public void complete(Transfer transfer, Completion completion) {
        told.remove(transfer.id());
        Map<String, @Nullable Object> event = event("complete", transfer);
        event.put("url", completion.place());
        event.put("length", completion.length());
        event.put("sent", completion.moved());
        event.put("seconds", completion.elapsed().toMillis() / 1000.0);
        print(event);
    }

    @Override
    public void failed(Transfer transfer, String code, String message) {
        told.remove(transfer.id());
        Map<String, @Nullable Object> event = event("failed", transfer);
        event.put("code", code);
        event.put("message", message);
        print(event);
    }

    @Override
    public void interrupted(Transfer transfer) {
        Map<String, @Nullable Object> event = event("interrupted", transfer);
        addOffsets(event, transfer);
        print(event);
    }

    @Override
    public void say(String sentence) {
        shell.say(sentence);
    }

    @Override
    public void result(String line) {
        // It is in the event "complete".
    }

    private static void addOffsets(Map<String, @Nullable Object> event, Transfer transfer) {
        event.put("offset", transfer.durable());
        event.put("sent", transfer.moved());
        event.put("length", length(transfer));
        if (transfer.rate().isPresent()) {
            event.put("bytesPerSecond", Math.round(transfer.rate().getAsDouble()));
        }
    }

    private static Map<String, @Nullable Object> event(String name, Transfer transfer) {
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("event", name);
        event.put("file", transfer.name());
        return event;
    }

    private static @Nullable Long length(Transfer transfer) {
        return transfer.length().isPresent() ? transfer.length().getAsLong() : null;
    }

    private void print(Map<String, @Nullable Object> event) {
        shell.out().println(Json.line(event));
        shell.out().flush();
    }
}
