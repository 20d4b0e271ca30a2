package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.tus.UnexpectedAnswerException;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** GET of a large complete upload over one connection. tus has no downloads, but servers do. */
record DownloadCell() implements Cell {

    @Override
    public String name() {
        return "download";
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
        HttpConnection connection = site.connection();
        tryDownload(site, connection);
        String upload = site.create(connection, amount.length());
        site.uploads().append(connection, upload, 0, amount.length());
        return List.of(
                tally -> {
                    site.uploads().download(connection, upload, amount.length());
                    tally.done(amount.length());
                });
    }

    private static void tryDownload(Site site, HttpConnection connection) throws IOException {
        String upload = SmallCell.uploadByTwoRequests(site, connection);
        try {
            site.uploads().download(connection, upload, SmallCell.LENGTH);
        } catch (UnexpectedAnswerException e) {
            throw new NotOfferedException("no downloads: " + e.getMessage());
        }
    }
}
