package io.longhaul.client.cli.bench.cell;

import io.longhaul.client.cli.bench.tus.Offer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One kind of load. It has no state. */
public interface Cell {

    String name();

    Basis basis();

    /** Why this cell cannot be measured at an endpoint with this offer, if so. */
    Optional<String> obstacle(Offer offer, Amount amount);

    /**
     * Opens connections and creates what one round needs: none of this is measured.
     *
     * @throws NotOfferedException when the endpoint turns out not to offer what is measured
     */
    List<Worker> prepare(Site site, Amount amount) throws IOException;
}
