package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HEAD of a small complete upload, again and again, on each of some connections. */
record HeadCell(int connections) implements Cell {

    /**
     * One thread asks on several connections before it reads the answers: to sleep and wake for
     * each would cost the bench half as much as a HEAD costs a server. A latency ends when its
     * answer is read, so it has those before it in.
     */
    private static final int CONNECTIONS_PER_THREAD = 4;

    @Override
    public String name() {
        return "head";
    }

    @Override
    public Basis basis() {
        return Basis.REQUESTS;
    }

    @Override
    public Optional<String> obstacle(Offer offer, Amount amount) {
        return Obstacles.length(offer, SmallCell.LENGTH);
    }

    @Override
    public List<Worker> prepare(Site site, Amount amount) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < connections; i += CONNECTIONS_PER_THREAD) {
            List<Asker> askers = new ArrayList<>();
            for (int j = i; j < Math.min(connections, i + CONNECTIONS_PER_THREAD); j++) {
                HttpConnection connection = site.connection();
                String upload = SmallCell.uploadByTwoRequests(site, connection);
                askers.add(new Asker(site, connection, upload));
            }
            workers.add(tally -> repeat(site.period(amount.time()), askers, tally));
        }
        return workers;
    }

    private static void repeat(Period period, List<Asker> askers, Tally tally) {
        while (!period.isOver()) {
            long failures = tally.failures();
            askers.forEach(asker -> asker.ask(tally));
            askers.forEach(asker -> asker.read(tally));
            if (tally.failures() > failures) {
                period.pauseAfterFailure();
            }
        }
    }

    /** One connection with its upload. */
    private static final class Asker {

        private final Site site;
        private final HttpConnection connection;
        private final String upload;
        private boolean asked;
        private long askedAt;

        Asker(Site site, HttpConnection connection, String upload) {
            this.site = site;
            this.connection = connection;
            this.upload = upload;
        }

        void ask(Tally tally) {
            try {
                askedAt = System.nanoTime();
                site.uploads().askOffset(connection, upload);
                asked = true;
            } catch (IOException e) {
                tally.failed(e);
                asked = false;
            }
        }

        void read(Tally tally) {
            if (!asked) {
                return;
            }
            try {
                site.uploads().readOffset(connection, SmallCell.LENGTH);
                tally.done(0, System.nanoTime() - askedAt);
            } catch (IOException e) {
                tally.failed(e);
            }
        }
    }
}
