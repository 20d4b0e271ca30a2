package io.longhaul.client;

/**
 * The upload was ended by {@link Upload#cancel()}, {@link Upload#terminate()} or the closing of its
 * client. Code {@code cancelled}.
 */
public final class UploadCancelledException extends UploadException {

    private static final long serialVersionUID = 1L;

    public UploadCancelledException(String message) {
        super("cancelled", message);
    }
}
