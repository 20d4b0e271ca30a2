package io.longhaul.client.cli.bench.cell;

import java.io.IOException;

/** An endpoint does not do what a cell measures. */
public final class NotOfferedException extends IOException {

    private static final long serialVersionUID = 1L;

    NotOfferedException(String message) {
        super(message);
    }
}
