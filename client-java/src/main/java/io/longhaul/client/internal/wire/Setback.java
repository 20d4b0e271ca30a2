package io.longhaul.client.internal.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a request did not do what it was for.
 *
 * @param kind what it means for the upload
 * @param status the HTTP status, 0 when there was no answer
 * @param retryAfter how long the server asks to wait
 * @param message what happened, in words for people
 * @param answer the beginning of what the server said
 */
public record Setback(
        Kind kind, int status, Optional<Duration> retryAfter, String message, String answer) {

    /** What a setback means for the upload. */
    public enum Kind {
        /** No connection, or it broke, or it does not move. */
        NETWORK,
        /** 408, 423, 425, 429 and 5xx: the same request may do later. */
        SERVER,
        /** 409: the server is at another offset. */
        CONFLICT,
        /** 404, 410: the server does not have the upload, or never had this one. */
        GONE,
        /** 401, 403. */
        CREDENTIALS,
        /** 460: the bytes were damaged on their way (tus 1.0.0, Checksum). */
        CHECKSUM,
        /** 413: more bytes than something on the way lets through. */
        TOO_LARGE,
        /** An answer that tus 1.0.0 does not allow. */
        INVALID_ANSWER,
        /** The source cannot be read, or changed; the cause says which. */
        SOURCE,
        /** Any other status: it will be the same next time. */
        REFUSED
    }

    static Setback network(String message) {
        return new Setback(Kind.NETWORK, 0, Optional.empty(), message, "");
    }

    public static Setback gone(String message) {
        return new Setback(Kind.GONE, 0, Optional.empty(), message, "");
    }

    static Setback source(String message) {
        return new Setback(Kind.SOURCE, 0, Optional.empty(), message, "");
    }

    public static Setback invalid(String message) {
        return new Setback(Kind.INVALID_ANSWER, 0, Optional.empty(), message, "");
    }
}
