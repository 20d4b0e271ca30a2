package io.longhaul.client;

/**
 * No byte could be added for as long as {@link RetryPolicy#retryFor()} allows. The message says
 * what went wrong last. Code {@code retries-exhausted}.
 */
public final class RetriesExhaustedException extends UploadException {

    private static final long serialVersionUID = 1L;

    public RetriesExhaustedException(String message) {
        super("retries-exhausted", message);
    }

    public RetriesExhaustedException(String message, Throwable cause) {
        super("retries-exhausted", message, cause);
    }
}
