package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Uploads of 10 KiB, one after another on each of some connections, by two requests or by one. */
record SmallCell(int connections, boolean withUpload) implements Cell {

    static final long LENGTH = 10 * 1024;

    @Override
    public String name() {
        return (withUpload ? "with-upload-" : "small-") + connections;
    }

    @Override
    public Basis basis() {
        return Basis.UPLOADS;
    }

    @Override
    public Optional<String> obstacle(Offer offer, Amount amount) {
        return Obstacles.unless(!withUpload || offer.creationWithUpload(), "creation-with-upload")
                .or(() -> Obstacles.length(offer, LENGTH));
    }

    @Override
    public List<Worker> prepare(Site site, Amount amount) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            HttpConnection connection = site.connection();
            connection.open();
            workers.add(tally -> repeat(site, connection, amount, tally));
        }
        return workers;
    }

    private void repeat(Site site, HttpConnection connection, Amount amount, Tally tally) {
        Period period = site.period(amount.time());
        while (!period.isOver()) {
            try {
                long begun = System.nanoTime();
                upload(site, connection);
                tally.done(LENGTH, System.nanoTime() - begun);
            } catch (IOException e) {
                tally.failed(e);
                period.pauseAfterFailure();
            }
        }
    }

    private void upload(Site site, HttpConnection connection) throws IOException {
        if (withUpload) {
            site.createWithUpload(connection, LENGTH);
        } else {
            uploadByTwoRequests(site, connection);
        }
    }

    static String uploadByTwoRequests(Site site, HttpConnection connection) throws IOException {
        String upload = site.create(connection, LENGTH);
        site.uploads().append(connection, upload, 0, LENGTH);
        return upload;
    }
}
