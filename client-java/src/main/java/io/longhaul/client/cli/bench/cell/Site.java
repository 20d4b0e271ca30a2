package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Endpoint;
import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.tus.Uploads;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Payload;
import io.longhaul.client.cli.bench.wire.Scratch;
import io.longhaul.client.cli.bench.wire.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * One endpoint under measurement: opens connections to it and remembers which uploads were created,
 * so that they can be deleted again. Creating uploads is thread-safe, the rest is for one thread.
 */
public final class Site {

    private final Endpoint endpoint;
    private final Uploads uploads;
    private final Watchdog watchdog;
    private final Payload payload;
    private final BooleanSupplier stopped;
    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private final List<HttpConnection> open = new ArrayList<>();
    private final List<Scratch> scratches = new ArrayList<>();
    private int scratchesInUse;

    public Site(Endpoint endpoint, Watchdog watchdog, Payload payload, BooleanSupplier stopped) {
        this.endpoint = endpoint;
        this.watchdog = watchdog;
        this.payload = payload;
        this.stopped = stopped;
        uploads = new Uploads(endpoint);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Asks the endpoint what it can do. */
    public Offer offer() throws IOException {
        try (HttpConnection connection = connection()) {
            return Offer.of(endpoint, connection);
        } finally {
            closeConnections();
        }
    }

    /** Closes all connections, whose threads must have ended. */
    public void closeConnections() throws IOException {
        for (HttpConnection connection : open) {
            connection.close();
        }
        open.clear();
        scratchesInUse = 0;
    }

    Uploads uploads() {
        return uploads;
    }

    Payload payload() {
        return payload;
    }

    /** A connection that is not opened yet, for one thread. */
    HttpConnection connection() {
        if (scratchesInUse == scratches.size()) {
            scratches.add(new Scratch());
        }
        return connection(scratches.get(scratchesInUse++));
    }

    /** A connection that shares its buffers with others that are not used at the same time. */
    HttpConnection connection(Scratch scratch) {
        var connection = new HttpConnection(endpoint.address(), watchdog, payload, scratch);
        open.add(connection);
        return connection;
    }

    String create(HttpConnection connection, long length) throws IOException {
        return remembered(uploads.create(connection, length));
    }

    String createWithUpload(HttpConnection connection, long length) throws IOException {
        return remembered(uploads.createWithUpload(connection, length));
    }

    Period period(Duration length) {
        return new Period(length, stopped);
    }

    /** Those that were created and not taken before. */
    public List<String> takeCreated() {
        List<String> taken = new ArrayList<>();
        for (String upload = created.poll(); upload != null; upload = created.poll()) {
            taken.add(upload);
        }
        return taken;
    }

    private String remembered(String upload) {
        created.add(upload);
        return upload;
    }
}
