package io.longhaul.client;

/**
 * The same source is being uploaded already, by this client or by another process that shares its
 * store. Code {@code busy}.
 */
public final class UploadBusyException extends UploadException {

    private static final long serialVersionUID = 1L;

    public UploadBusyException(String message) {
        super("busy", message);
    }
}
