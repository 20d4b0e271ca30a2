package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Large uploads by one PATCH each, over several connections at once. */
record BulkCell(int connections) implements Cell {

    @Override
    public String name() {
        return "bulk-" + connections;
    }

    @Override
    public Basis basis() {
        return Basis.BYTES;
    }

    @Override
    public Optional<String> obstacle(Offer offer, Amount amount) {
        return Obstacles.length(offer, amount.length());
    }

    @Override
    public List<Worker> prepare(Site site, Amount amount) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            HttpConnection connection = site.connection();
            String upload = site.create(connection, amount.length());
            workers.add(
                    tally -> {
                        site.uploads().append(connection, upload, 0, amount.length());
                        tally.done(amount.length());
                    });
        }
        return workers;
    }
}
