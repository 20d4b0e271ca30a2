package io.longhaul.client;

/**
 * The server answers what tus 1.0.0 does not allow, again and again: no offset, an offset beyond
 * the length, a Location that cannot be used. Code {@code invalid-answer}.
 */
public final class InvalidAnswerException extends UploadException {

    private static final long serialVersionUID = 1L;

    public InvalidAnswerException(String message) {
        super("invalid-answer", message);
    }
}
