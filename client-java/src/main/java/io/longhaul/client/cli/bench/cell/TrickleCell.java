package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Scratch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Thousands of appends that each send a little now and then, and the latency of fresh small uploads
 * meanwhile.
 */
record TrickleCell() implements Cell {

    /** Never reached: the appends stay open until their connections are closed. */
    private static final long LENGTH = 1 << 20;

    /**
     * In which a server takes what one append began with: thousands of new requests at once are
     * another load.
     */
    private static final Duration SETTLING = Duration.ofMillis(1);

    private static final int CONNECTIONS_PER_PACER = 5000;
    private static final int OPENERS = 8;
    private static final int PROBES = 4;

    @Override
    public String name() {
        return "trickle";
    }

    @Override
    public Basis basis() {
        return Basis.LATENCY;
    }

    @Override
    public Optional<String> obstacle(Offer offer, Amount amount) {
        return Obstacles.length(offer, LENGTH);
    }

    @Override
    public List<Worker> prepare(Site site, Amount amount) throws IOException {
        List<HttpConnection> trickling = connections(site, amount.trickling());
        begin(site, trickling);
        settle(trickling.size());
        List<Worker> workers = new ArrayList<>();
        for (int from = 0; from < trickling.size(); from += CONNECTIONS_PER_PACER) {
            int to = Math.min(from + CONNECTIONS_PER_PACER, trickling.size());
            workers.add(new Pacer(site, trickling.subList(from, to), amount.time()));
        }
        for (int i = 0; i < PROBES; i++) {
            workers.add(new Probe(site, site.connection(), amount.time(), (double) i / PROBES));
        }
        return workers;
    }

    /** None reads an answer while another does: they share their buffers. */
    private static List<HttpConnection> connections(Site site, int count) {
        Scratch scratch = new Scratch();
        List<HttpConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(site.connection(scratch));
        }
        return connections;
    }

    /**
     * Creates every upload before the first append begins: a server that serves few appends at once
     * would not create the rest.
     */
    private static void begin(Site site, List<HttpConnection> connections) throws IOException {
        String[] uploads = new String[connections.size()];
        inParallel(site, uploads.length, (own, i) -> uploads[i] = site.create(own, LENGTH));
        inParallel(
                site,
                uploads.length,
                (own, i) -> {
                    site.uploads().beginAppend(connections.get(i), uploads[i], LENGTH);
                    connections.get(i).send(site.payload().first(Pacer.FIRST));
                });
    }

    private static void settle(int count) throws IOException {
        try {
            Thread.sleep(SETTLING.multipliedBy(count).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void inParallel(Site site, int count, Step step) throws IOException {
        List<Worker> openers = new ArrayList<>();
        for (int i = 0; i < OPENERS; i++) {
            int first = i;
            HttpConnection own = site.connection();
            openers.add(
                    tally -> {
                        for (int j = first; j < count; j += OPENERS) {
                            step.take(own, j);
                            tally.done(0);
                        }
                    });
        }
        Tally tally = work(openers);
        if (tally.failures() > 0) {
            throw new IOException(
                    "only %d of %d trickling uploads could begin: %s"
                            .formatted(tally.operations(), count, tally.firstFailure().orElse("")));
        }
    }

    private static Tally work(List<Worker> openers) throws IOException {
        try (Crew crew = new Crew(openers)) {
            return crew.work();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private interface Step {
        void take(HttpConnection own, int index) throws IOException;
    }
}
