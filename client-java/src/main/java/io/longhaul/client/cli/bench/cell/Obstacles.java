package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import java.util.Optional;

/** Reasons why a cell cannot be measured. */
final class Obstacles {

    private Obstacles() {}

    static Optional<String> none() {
        return Optional.empty();
    }

    static Optional<String> length(Offer offer, long length) {
        return offer.allows(length)
                ? none()
                : Optional.of(
                        "max-size is %d bytes, and an upload would have %d"
                                .formatted(offer.maxSize(), length));
    }

    static Optional<String> unless(boolean offered, String feature) {
        return offered ? none() : Optional.of("no " + feature);
    }
}
