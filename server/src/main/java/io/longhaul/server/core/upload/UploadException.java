package io.longhaul.server.core.upload;

import java.time.Duration;
import java.util.Locale;

/**
 * Why a request on an upload was not done. Each leaf carries what a client needs to go on, and a
 * stable code; protocols map codes to statuses.
 */
public abstract sealed class UploadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    private UploadException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The stable name of this error, in kebab-case. */
    public String code() {
        return code;
    }

    /** There is no such upload, or not for this owner. */
    public static final class NotFound extends UploadException {
        private static final long serialVersionUID = 1;

        public NotFound() {
            super("upload-not-found", "there is no such upload");
        }
    }

    /** The upload was there and is no more. */
    public static final class Gone extends UploadException {
        private static final long serialVersionUID = 1;

        public Gone(UploadState state) {
            super("upload-" + state.name().toLowerCase(Locale.ROOT), reason(state));
        }

        private static String reason(UploadState state) {
            return switch (state) {
                case TERMINATED -> "the upload was terminated";
                case EXPIRED -> "the upload was not complete in time and has expired";
                case REJECTED -> "the upload's content was lost or refused; start a new one";
                case RECEIVING, COMPLETING, COMPLETE ->
                        throw new IllegalArgumentException(state + " is not gone");
            };
        }
    }

    /** The append names another offset than the upload's. */
    public static final class OffsetMismatch extends UploadException {
        private static final long serialVersionUID = 1;
        private final long actual;

        public OffsetMismatch(long expected, long actual) {
            super(
                    "offset-mismatch",
                    "the request is for offset %d, the upload is at %d"
                            .formatted(expected, actual));
            this.actual = actual;
        }

        /** The upload's offset, in bytes. */
        public long actual() {
            return actual;
        }
    }

    /** More bytes than the upload's length. */
    public static final class LengthExceeded extends UploadException {
        private static final long serialVersionUID = 1;

        public LengthExceeded(long end, long length) {
            super(
                    "length-exceeded",
                    "the request would end at byte %d or later, the upload's length is %d"
                            .formatted(end, length));
        }
    }

    /** A length over the largest that is allowed. */
    public static final class TooLarge extends UploadException {
        private static final long serialVersionUID = 1;

        public TooLarge(long length, long maxSize) {
            super(
                    "max-size-exceeded",
                    "%d bytes are more than the largest upload allowed, %d"
                            .formatted(length, maxSize));
        }
    }

    /** A length that contradicts what is known: another one was declared, or more has arrived. */
    public static final class LengthConflict extends UploadException {
        private static final long serialVersionUID = 1;

        public LengthConflict(String message) {
            super("length-conflict", message);
        }
    }

    /** Metadata that breaks the rules. */
    public static final class InvalidMetadata extends UploadException {
        private static final long serialVersionUID = 1;

        public InvalidMetadata(String message) {
            super("invalid-metadata", "Upload-Metadata is not valid: " + message);
        }

        public InvalidMetadata(String message, Throwable cause) {
            this(message);
            initCause(cause);
        }
    }

    /** The bytes do not have the digest that the client gave; none of them was kept. */
    public static final class DigestMismatch extends UploadException {
        private static final long serialVersionUID = 1;

        public DigestMismatch(Digest expected, Digest actual) {
            super(
                    "checksum-mismatch",
                    "the request's bytes have the checksum %s, not %s; none of them was kept"
                            .formatted(actual, expected));
        }
    }

    /** Another request is appending, and moving. */
    public static final class Held extends UploadException {
        private static final long serialVersionUID = 1;
        private final Duration retryAfter;

        public Held(Duration retryAfter) {
            super("upload-held", "another request is appending to the upload");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** This request was appending and was told to let go; what had arrived was kept. */
    public static final class TakenOver extends UploadException {
        private static final long serialVersionUID = 1;

        public TakenOver() {
            super("upload-taken-over", "a newer request has taken over the upload");
        }
    }

    /**
     * The client has sent this request once more, and given this one up; what had arrived was kept.
     */
    public static final class Repeated extends UploadException {
        private static final long serialVersionUID = 1;

        public Repeated() {
            super("request-repeated", "the client has sent the request once more");
        }
    }

    /** The request's body broke off; what had arrived was kept, unless it was to be verified. */
    public static final class Cut extends UploadException {
        private static final long serialVersionUID = 1;

        public Cut(Throwable cause) {
            super("body-cut", "the request's body broke off");
            initCause(cause);
        }
    }

    /** The server is stopping; what had arrived was kept. */
    public static final class Stopping extends UploadException {
        private static final long serialVersionUID = 1;

        public Stopping() {
            super("server-stopping", "the server is stopping; what arrived was kept");
        }
    }

    /** A final upload is made of partial ones: it takes no bytes of its own. */
    public static final class FinalNotWritable extends UploadException {
        private static final long serialVersionUID = 1;

        public FinalNotWritable() {
            super("final-upload", "a final upload takes its bytes from its partial uploads");
        }
    }

    /** Something that was named as a partial upload cannot be one. */
    public static final class InvalidPartial extends UploadException {
        private static final long serialVersionUID = 1;

        public InvalidPartial(String message) {
            super("invalid-partial", message);
        }

        public InvalidPartial(String message, Throwable cause) {
            this(message);
            initCause(cause);
        }
    }

    /** The upload's content was asked for before it was complete. */
    public static final class Incomplete extends UploadException {
        private static final long serialVersionUID = 1;

        public Incomplete() {
            super("upload-incomplete", "the upload is not complete yet");
        }
    }

    /** There is no room for more bytes; those that fitted were kept. */
    public static final class StorageFull extends UploadException {
        private static final long serialVersionUID = 1;

        public StorageFull() {
            super("storage-full", "there is no space left; the bytes that fitted were kept");
        }
    }
}
