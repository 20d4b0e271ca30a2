package io.longhaul.client.internal.wire;

import io.longhaul.client.internal.wire.Setback.Kind;

/** What the status of an answer means for the upload. */
final class StatusSetback {

    private StatusSetback() {}

    static Setback of(WireAnswer answer) {
        return setback(answer, kind(answer.status()), "");
    }

    /** 404 or 410 for an upload that was there. */
    static Setback gone(WireAnswer answer, String method) {
        return setback(answer, Kind.GONE, " (" + method + ")");
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.CREDENTIALS;
            case 408, 423, 425, 429 -> Kind.SERVER;
            case 409 -> Kind.CONFLICT;
            case 413 -> Kind.TOO_LARGE;
            case 460 -> Kind.CHECKSUM;
            case 501, 505 -> Kind.REFUSED;
            default -> status >= 500 ? Kind.SERVER : Kind.REFUSED;
        };
    }

    private static Setback setback(WireAnswer answer, Kind kind, String about) {
        String text = answer.text().strip();
        String said = text.isEmpty() ? "" : ": " + Urls.quoted(text);
        return new Setback(
                kind,
                answer.status(),
                Headers.retryAfter(answer),
                answer.url() + " answered " + answer.status() + said + about,
                text);
    }
}
