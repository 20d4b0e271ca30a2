package io.longhaul.client.cli.download;

import java.io.IOException;

/** The content is another than that of which the beginning was given out already. */
final class ChangedException extends IOException {

    private static final long serialVersionUID = 1L;

    ChangedException(String message) {
        super(message);
    }
}
