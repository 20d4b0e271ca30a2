package io.longhaul.client;

/**
 * The server no longer has the upload (it expired, or was deleted) and it cannot start again: a
 * stream cannot be read twice, or the server lost every new one too. Code {@code upload-lost}.
 */
public final class UploadLostException extends UploadException {

    private static final long serialVersionUID = 1L;

    public UploadLostException(String message) {
        super("upload-lost", message);
    }
}
