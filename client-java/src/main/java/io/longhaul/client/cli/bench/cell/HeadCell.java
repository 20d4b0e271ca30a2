package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HEAD of a small complete upload, again and again, on each of some connections. */
record HeadCell(int connections) implements Cell {

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
        for (int i = 0; i < connections; i++) {
            HttpConnection connection = site.connection();
            String upload = SmallCell.uploadByTwoRequests(site, connection);
            workers.add(tally -> repeat(site, connection, upload, amount, tally));
        }
        return workers;
    }

    private static void repeat(
            Site site, HttpConnection connection, String upload, Amount amount, Tally tally) {
        Period period = site.period(amount.time());
        while (!period.isOver()) {
            try {
                site.uploads().head(connection, upload, SmallCell.LENGTH);
                tally.done(0);
            } catch (IOException e) {
                tally.failed(e);
                period.pauseAfterFailure();
            }
        }
    }
}
