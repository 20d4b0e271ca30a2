package io.longhaul.server.core.content;

import java.io.IOException;

/**
 * A store, of content or of records, did not answer or was too busy: the same may succeed later.
 * What was to be written may be there, or even come later.
 */
public final class StoreUnavailableException extends IOException {

    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
