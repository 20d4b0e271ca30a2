package io.longhaul.server.s3;

import java.io.IOException;

/** The store has said no, and not because it was busy: the same call would be refused again. */
public final class S3RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    S3RefusedException(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** S3's name for the error, such as {@code NoSuchUpload}; empty when the store gave none. */
    public String code() {
        return code;
    }

    /** Whether the condition of a write did not hold, or another write came at the same time. */
    public boolean conditionFailed() {
        return status == 412 || status == 409;
    }
}
