package io.longhaul.client;

/**
 * Why an upload ended without being complete. Everything that can be tried again has been: what is
 * left needs another input, other credentials, more time, or another server. The URL of the upload
 * is kept in the store, but for {@link UploadLostException}, so that a later call goes on from what
 * the server has.
 */
public abstract sealed class UploadException extends RuntimeException
        permits CredentialsRefusedException,
                InvalidAnswerException,
                RequestRefusedException,
                RetriesExhaustedException,
                SourceChangedException,
                UnsupportedByServerException,
                UploadBusyException,
                UploadCancelledException,
                UploadLostException {

    private static final long serialVersionUID = 1L;

    private final String code;

    UploadException(String code, String message) {
        super(message);
        this.code = code;
    }

    UploadException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** A stable name for programs, in kebab case; it does not change between versions. */
    public final String code() {
        return code;
    }
}
