package io.longhaul.benchmarks.cell;

import io.longhaul.benchmarks.peer.PeerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a server of ours expires what is overdue when it starts, as its own metrics count it.
 */
final class Sweep {

    private static final Pattern EXPIRED =
            Pattern.compile("longhaul_uploads_events_total\\{event=\"expired\"[^}]*} ([0-9.E]+)");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Uploads live for a second, and only the sweep at the start of the server looks for them. */
    static final List<String> ONCE =
            List.of("--longhaul.expiry=1s", "--longhaul.sweep-interval=1h");

    private final PeerProcess server;
    private final int uploads;

    Sweep(PeerProcess server, int uploads) {
        this.server = server;
        this.uploads = uploads;
    }

    /**
     * Creates uploads that are overdue after a second, at a server that was started with {@link
     * #ONCE}, and starts it again. Nothing when all of them had expired by its first answer.
     */
    OptionalDouble rate() throws IOException {
        try (Load load = new Load(server)) {
            load.create(uploads, 1, Collections.synchronizedList(new ArrayList<>()));
        }
        // All are older than that when the next process has started.
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        server.restart(ONCE);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return rate(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private OptionalDouble rate(HttpClient client) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        double before = expired(client);
        double now = before;
        long at = begun;
        while (now < uploads) {
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new IOException("only %.0f of %d have expired".formatted(now, uploads));
            }
            now = expired(client);
            at = System.nanoTime();
        }
        return now > before
                ? OptionalDouble.of((now - before) * 1e9 / (at - begun))
                : OptionalDouble.empty();
    }

    private double expired(HttpClient client) throws IOException, InterruptedException {
        URI metrics = server.origin().resolve("/actuator/prometheus");
        String body =
                client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body();
        Matcher count = EXPIRED.matcher(body);
        return count.find() ? Double.parseDouble(count.group(1)) : 0;
    }
}
