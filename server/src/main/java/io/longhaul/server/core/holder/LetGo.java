package io.longhaul.server.core.holder;

/** Why a holder is asked to let go. */
public enum LetGo {
    /** A newer request wants to append. */
    TAKEOVER,
    /** The client has given up the request, and sent it once more. */
    REPEATED,
    /** The client terminates the upload. */
    TERMINATION,
    /** The server is stopping. */
    STOPPING
}
