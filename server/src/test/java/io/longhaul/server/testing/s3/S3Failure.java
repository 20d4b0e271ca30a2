package io.longhaul.server.testing.s3;

/** A call that the store refuses, as it is told to the caller. */
final class S3Failure extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    S3Failure(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static S3Failure noSuchKey(String key) {
        return new S3Failure(404, "NoSuchKey", key);
    }

    static S3Failure noSuchUpload(String id) {
        return new S3Failure(404, "NoSuchUpload", id);
    }

    static S3Failure preconditionFailed() {
        return new S3Failure(412, "PreconditionFailed", "a condition did not hold");
    }

    static S3Failure invalidPart(int number) {
        return new S3Failure(400, "InvalidPart", "part " + number);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
