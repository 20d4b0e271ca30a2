package io.longhaul.server.simulation;

import io.longhaul.server.core.upload.UploadException;

/**
 * What a client gets to know of a request.
 *
 * @param <T> what it asked for
 */
sealed interface Reply<T> {

    /** It was done. */
    record Answered<T>(T value) implements Reply<T> {}

    /** It was refused. */
    record Refused<T>(UploadException reason) implements Reply<T> {}

    /** The server failed, the connection broke, or the client has left: anything may have come. */
    record Lost<T>() implements Reply<T> {}
}
