package io.longhaul.server.core.content;

import java.io.IOException;

/** There is no room for more bytes. */
public final class StorageFullException extends IOException {

    private static final long serialVersionUID = 1;

    public StorageFullException(String message) {
        super(message);
    }

    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
