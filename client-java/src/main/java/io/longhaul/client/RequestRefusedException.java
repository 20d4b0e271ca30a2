package io.longhaul.client;

/**
 * The server refuses the request and will refuse it again: it is not allowed, too large or wrong.
 * Code {@code request-refused}.
 */
public final class RequestRefusedException extends UploadException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String answer;

    /**
     * @param status the HTTP status
     * @param answer the beginning of what the server says, at most 1,000 characters
     */
    public RequestRefusedException(int status, String answer, String message) {
        super("request-refused", message);
        this.status = status;
        this.answer = answer;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The beginning of what the server says about it, at most 1,000 characters, maybe empty. */
    public String answer() {
        return answer;
    }
}
