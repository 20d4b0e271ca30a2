package io.longhaul.client;

/**
 * The source cannot be read, or is not what it was when the upload began: a file was changed, cut
 * or removed, or a stream ended early. What the server has may be a mixture, so the upload is not
 * completed. Code {@code source-changed}.
 */
public final class SourceChangedException extends UploadException {

    private static final long serialVersionUID = 1L;

    public SourceChangedException(String message) {
        super("source-changed", message);
    }

    public SourceChangedException(String message, Throwable cause) {
        super("source-changed", message, cause);
    }
}
