package io.longhaul.server.core.content;

import java.io.IOException;

/** The store holds fewer bytes than were flushed: no retry brings them back. */
public final class ContentLostException extends IOException {

    private static final long serialVersionUID = 1;

    public ContentLostException(String message) {
        super(message);
    }
}
