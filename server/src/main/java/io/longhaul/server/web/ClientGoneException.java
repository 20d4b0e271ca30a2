package io.longhaul.server.web;

import java.io.IOException;

/** The client went away, or took nothing for too long, before it had its answer. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1;

    ClientGoneException() {
        super("the client has given up the request");
    }

    ClientGoneException(IOException cause) {
        super("the client went away: " + cause.getMessage(), cause);
    }
}
