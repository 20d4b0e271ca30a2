package io.longhaul.client.cli.download;

import java.io.IOException;

/** The bytes cannot be put where they belong, which trying again will not change. */
final class TargetException extends IOException {

    private static final long serialVersionUID = 1L;

    TargetException(String message, IOException cause) {
        super(message, cause);
    }
}
