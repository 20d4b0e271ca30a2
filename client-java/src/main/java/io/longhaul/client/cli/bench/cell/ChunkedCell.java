package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Payload;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A large upload by appends of 5 MiB over one connection, with a checksum of each or without. */
record ChunkedCell(boolean checksummed) implements Cell {

    private static final long CHUNK = 5L << 20;

    @Override
    public String name() {
        return checksummed ? "checksum" : "chunked";
    }

    @Override
    public Basis basis() {
        return Basis.BYTES;
    }

    @Override
    public Optional<String> obstacle(Offer offer, Amount amount) {
        return Obstacles.unless(!checksummed || offer.sha1(), "checksum with sha1")
                .or(() -> Obstacles.length(offer, amount.length()));
    }

    @Override
    public List<Worker> prepare(Site site, Amount amount) throws IOException {
        HttpConnection connection = site.connection();
        String upload = site.create(connection, amount.length());
        return List.of(
                checksummed
                        ? checksummed(site, connection, upload, amount.length())
                        : plain(site, connection, upload, amount.length()));
    }

    private static Worker plain(Site site, HttpConnection connection, String upload, long total) {
        return tally -> {
            for (long offset = 0; offset < total; offset += CHUNK) {
                long length = Math.min(CHUNK, total - offset);
                site.uploads().append(connection, upload, offset, length);
                tally.done(length);
            }
        };
    }

    /** All chunks are the same bytes: digests cost the bench nothing in the measured time. */
    private static Worker checksummed(
            Site site, HttpConnection connection, String upload, long total) {
        String whole = checksum(site.payload(), CHUNK);
        String last = checksum(site.payload(), total % CHUNK);
        return tally -> {
            for (long offset = 0; offset < total; offset += CHUNK) {
                long length = Math.min(CHUNK, total - offset);
                String checksum = length == CHUNK ? whole : last;
                site.uploads().append(connection, upload, offset, length, checksum);
                tally.done(length);
            }
        };
    }

    private static String checksum(Payload payload, long length) {
        try {
            byte[] digest = payload.digest(MessageDigest.getInstance("SHA-1"), length);
            return "sha1 " + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
