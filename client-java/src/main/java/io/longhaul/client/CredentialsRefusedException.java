package io.longhaul.client;

/**
 * The server refused the credentials, and fresh ones from {@link Credentials} too. The URL is kept:
 * with the right credentials the upload goes on. Code {@code credentials-refused}.
 */
public final class CredentialsRefusedException extends UploadException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public CredentialsRefusedException(int status, String message) {
        super("credentials-refused", message);
        this.status = status;
    }

    /** The HTTP status: 401 or 403. */
    public int status() {
        return status;
    }
}
